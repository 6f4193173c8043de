namespace Seatrial.Wire;

/// <summary>Names in the database that workers write and the tester reads.</summary>
public static class QueueSchema
{
    public const string Schema = "seatrial";

    public const string Records = "seatrial.records";

    public const string Results = "seatrial.results";

    /// <summary>Which migrations have been applied.</summary>
    public const string Migrations = "seatrial.migrations";

    /// <summary>Notified on each insert of records, with the queue's name.</summary>
    public const string RecordsChannel = "seatrial_records";

    /// <summary>States of a record; one that is done is deleted, and has a row among the results.</summary>
    public static class States
    {
        public const string Ready = "ready";
        public const string Running = "running";
        public const string Dead = "dead";
    }

    /// <summary>Columns of <see cref="Records"/>.</summary>
    public static class RecordColumns
    {
        public const string Id = "id";
        public const string Queue = "queue";
        public const string Key = "key";
        public const string Payload = "payload";
        public const string State = "state";
        public const string Attempts = "attempts";
        public const string Owner = "owner";
        public const string Fence = "fence";
        public const string LeaseUntil = "lease_until";
        public const string RunAt = "run_at";
        public const string Error = "error";
    }

    /// <summary>
    /// Columns of <see cref="Results"/>: append-only, without a unique key, so that a duplicate shows.
    /// </summary>
    public static class ResultColumns
    {
        public const string Record = "record_id";
        public const string Queue = "queue";
        public const string Key = "key";
        public const string Owner = "owner";
        public const string Fence = "fence";
        public const string Result = "result";
    }
}
