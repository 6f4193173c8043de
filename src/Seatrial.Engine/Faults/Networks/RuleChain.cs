using System.Globalization;
using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Faults.Networks;

/// <summary>
/// Rules in a container's network, in chains of our own which bear the run's name, so that exactly they are taken away
/// again. They end with the container's life, which is why <see cref="IsLost"/> is asked.
/// </summary>
internal sealed class RuleChain(ContainerHost host, string run, string table = "filter")
{
    /// <summary>Every chain of ours begins with it.</summary>
    public const string Prefix = "SEATRIAL";

    private static readonly string[] _hooks = ["INPUT", "OUTPUT"];

    private static int _last;

    private readonly string _name = string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _last)}");

    public ContainerHost Host => host;

    /// <summary>Whether the container was started anew since, which silently heals it.</summary>
    public bool IsLost => !host.IsAlive;

    /// <summary>Puts them before all others, all or none.</summary>
    public async Task PutAsync(
        IReadOnlyList<string> incoming, IReadOnlyList<string> outgoing, CancellationToken cancellationToken)
    {
        var text = new List<string> { $"*{table}" };
        foreach (var (hook, rules) in new[] { ("INPUT", incoming), ("OUTPUT", outgoing) })
        {
            if (rules.Count > 0)
            {
                text.Add($":{_name}-{hook[..1]} - [0:0]");
                text.AddRange(rules.Select(rule => $"-A {_name}-{hook[..1]} {rule}"));
                text.Add($"-I {hook} 1 -m comment --comment \"seatrial {run}\" -j {_name}-{hook[..1]}");
            }
        }

        text.Add("COMMIT");
        await HostScript.RunAsync(
            $"iptables-restore --noflush --wait 5 <<'RULES'\n{string.Join('\n', text)}\nRULES\n",
            host, cancellationToken);
    }

    /// <summary>How many packets met one of the rules.</summary>
    public async Task<long> PacketsAsync(CancellationToken cancellationToken)
    {
        var saved = await HostScript.RunAsync($"iptables-save -c -t {table}", host, cancellationToken);
        return saved.Where(line => line.Contains($"-A {_name}-", StringComparison.Ordinal))
            .Sum(line => long.Parse(line[1..line.IndexOf(':')], CultureInfo.InvariantCulture));
    }

    /// <summary>Takes away what is there; what is not, was.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (IsLost)
        {
            return;
        }

        var script = string.Join('\n', _hooks.Select(hook =>
        {
            var (chain, tool) = ($"{_name}-{hook[..1]}", $"iptables -w 5 -t {table}");
            return $"while {tool} -D {hook} -m comment --comment 'seatrial {run}' -j {chain} 2>/dev/null; do :; done\n"
                + $"if {tool} -F {chain} 2>/dev/null; then {tool} -X {chain}; fi";
        }));
        await HostScript.RunAsync(script, host, cancellationToken);
    }

    /// <summary>Takes away every chain of ours that a container's network has, whoever put it.</summary>
    public static Task RemoveAllAsync(ContainerHost host, CancellationToken cancellationToken) =>
        HostScript.RunAsync(
            "for table in filter nat; do for hook in INPUT OUTPUT; do tool=\"iptables -w 5 -t $table\"; "
            + $"$tool -S $hook | sed -n '/ -j {Prefix}/s/^-A/-D/p' | while read -r rule; do "
            + "eval \"$tool $rule\"; done; done; "
            + $"$tool -S | sed -n 's/^-N \\({Prefix}.*\\)/\\1/p' | while read -r chain; do "
            + "$tool -F \"$chain\"; $tool -X \"$chain\"; done; done",
            host, cancellationToken);

    /// <summary>Sees that it was taken away, and did not end with the container's life before.</summary>
    /// <exception cref="FaultNotSeenException">It is there, or ended early.</exception>
    public async Task SeeGoneAsync(string container, CancellationToken cancellationToken)
    {
        if (IsLost)
        {
            throw new FaultNotSeenException(
                $"{container} restarted while the rules were to hold, and that healed it early.");
        }

        var saved = await HostScript.RunAsync($"iptables-save -t {table}", host, cancellationToken);
        if (saved.Any(line => line.Contains(_name, StringComparison.Ordinal)))
        {
            throw new FaultNotSeenException($"{container} still has rules of ours.");
        }
    }
}
