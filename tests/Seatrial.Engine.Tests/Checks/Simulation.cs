using System.Globalization;
using CsCheck;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Tests.Checks;

/// <summary>
/// A healthy system, moved by arbitrary decisions: workers claim, renew, give back, fall asleep past their lease, lose
/// records to a reaper or to each other, and complete only what they still hold.
/// </summary>
internal sealed class Simulation
{
    private const long Second = 1_000_000;
    private const long Lease = 5 * Second;

    private static readonly string[] Stages = ["rpa1", "rpa2", "rpa3"];
    private static readonly string[] Workers = ["rpa1-1", "rpa1-2", "rpa2-1", "rpa2-2", "rpa3-1"];

    private readonly List<HistoryEvent> _events = [];
    private readonly List<Acknowledgement> _client = [];
    private readonly List<Row> _rows = [];
    private long _now = 1_700_000_000 * Second;
    private ulong _commit = 0x1000;
    private uint _xid = 700;
    private int _keys;

    /// <summary>Histories of every interleaving; shrinks to fewer decisions.</summary>
    public static Gen<SimulatedTrial> Trials { get; } = Gen.Int[0, 9999].Array[5, 120].Select(Run);

    /// <summary>A healthy trial of some length, always the same.</summary>
    public static SimulatedTrial Example { get; } = Run([.. Enumerable.Range(0, 160).Select(i => i * 7919 % 10_000)]);

    public static SimulatedTrial Run(int[] decisions)
    {
        var simulation = new Simulation();
        simulation.Enqueue(3);
        foreach (var decision in decisions)
        {
            simulation.Step(decision);
        }

        simulation.Drain();
        return new SimulatedTrial { Events = simulation._events, Client = simulation._client };
    }

    private void Step(int decision)
    {
        var choice = decision / 10;
        _now += 1 + (choice * 1000);
        switch (decision % 10)
        {
            case 0:
                Enqueue(1 + (choice % 3));
                break;
            case 1 or 2 or 3:
                Claim(Workers[choice % Workers.Length], 1 + (choice % 4));
                break;
            case 4 or 5:
                Complete(Workers[choice % Workers.Length], choice);
                break;
            case 6:
                Renew(Workers[choice % Workers.Length]);
                break;
            case 7:
                Release(Workers[choice % Workers.Length], choice);
                break;
            case 8:
                Expire();
                break;
            default:
                TakeOver(Workers[choice % Workers.Length]);
                break;
        }

        // Now and then everybody sleeps, past all leases.
        _now += choice % 17 == 0 ? 2 * Lease : 0;
    }

    private void Drain()
    {
        while (_rows.Exists(row => row.State != "done"))
        {
            _now += 2 * Lease;
            Expire();
            foreach (var worker in Workers)
            {
                Claim(worker, 4);
                Complete(worker, 0);
            }
        }
    }

    private void Enqueue(int count)
    {
        Begin();
        for (var i = 0; i < count; i++)
        {
            var row = Put(0, string.Create(CultureInfo.InvariantCulture, $"gss:{_keys++}"));
            _client.Add(new Acknowledgement
            {
                Queue = Stages[0],
                Key = row.Key,
                Record = row.Id,
                Outcome = AckOutcome.Acked,
                Xid = _xid,
            });
        }
    }

    private Row Put(int stage, string key)
    {
        var row = new Row(stage, key, string.Create(CultureInfo.InvariantCulture, $"{_rows.Count + 1}"));
        _rows.Add(row);
        Emit(EventKind.Enqueue, row);
        return row;
    }

    private void Claim(string worker, int count) => Each(
        _rows.Where(row => row.State == "ready" && Stages[row.Stage] == worker[..4]).Take(count),
        row =>
        {
            (row.State, row.Owner, row.Fence, row.Lease) = ("running", worker, row.Fence + 1, _now + Lease);
            Emit(EventKind.Claim, row);
        });

    /// <summary>Directly, from a holder whose lease is over.</summary>
    private void TakeOver(string worker) => Each(
        _rows.Where(row => row.State == "running" && row.Lease < _now && Stages[row.Stage] == worker[..4]).Take(1),
        row =>
        {
            (row.Owner, row.Fence, row.Lease) = (worker, row.Fence + 1, _now + Lease);
            Emit(EventKind.Claim, row);
        });

    private void Complete(string worker, int choice) => Each(
        _rows.Where(row => row.State == "running" && row.Owner == worker).Skip(choice % 2).Take(3),
        row =>
        {
            if (choice % 3 == 0)
            {
                Emit(EventKind.Effect, row, lease: null);
            }

            (row.State, row.Lease) = ("done", null);
            Emit(EventKind.Done, row);
            if (row.Stage + 1 < Stages.Length)
            {
                Put(row.Stage + 1, row.Key);
            }

            if (choice % 3 != 0)
            {
                Emit(EventKind.Effect, row);
            }
        });

    private void Renew(string worker) => Each(
        _rows.Where(row => row.State == "running" && row.Owner == worker),
        row =>
        {
            row.Lease = _now + Lease;
            Emit(EventKind.Renew, row);
        });

    private void Release(string worker, int choice) => Each(
        _rows.Where(row => row.State == "running" && row.Owner == worker && row.Lease > _now).Skip(choice % 3).Take(1),
        row => GiveBack(EventKind.Release, row));

    private void Expire() => Each(
        _rows.Where(row => row.State == "running" && row.Lease < _now), row => GiveBack(EventKind.Expire, row));

    private void GiveBack(EventKind kind, Row row)
    {
        row.State = "ready";
        row.Fence++;
        Emit(kind, row, row.Lease);
        (row.Owner, row.Lease) = (null, null);
    }

    private void Each(IEnumerable<Row> rows, Action<Row> change)
    {
        var chosen = rows.ToList();
        if (chosen.Count > 0)
        {
            Begin();
            chosen.ForEach(change);
        }
    }

    private void Begin()
    {
        _commit += 0x80;
        _xid++;
        _now++;
    }

    private void Emit(EventKind kind, Row row) => Emit(kind, row, row.Lease);

    private void Emit(EventKind kind, Row row, long? lease) => _events.Add(new HistoryEvent
    {
        Index = _events.Count,
        CommitLsn = _commit,
        Xid = _xid,
        At = _now,
        Kind = kind,
        Queue = Stages[row.Stage],
        Record = row.Id,
        Owner = row.Owner,
        Epoch = row.Fence,
        Key = row.Key,
        LeaseUntil = lease,
    });

    private sealed class Row(int stage, string key, string id)
    {
        public int Stage => stage;

        public string Key => key;

        public string Id => id;

        public string State { get; set; } = "ready";

        public string? Owner { get; set; }

        public long Fence { get; set; }

        public long? Lease { get; set; }
    }
}
