namespace Sat.Records.Runs;

/// <summary>What a line of <c>events.jsonl</c> tells.</summary>
public enum RunEventKind
{
    /// <summary>A worker took the run.</summary>
    Started,

    /// <summary>A large file is read before training: its checksum is computed, or what is in it is looked for.</summary>
    Reading,

    /// <summary>Steps were made.</summary>
    Progress,

    /// <summary>An epoch ended.</summary>
    Epoch,

    /// <summary>The run warns of something; it is in <c>run.json</c>, too.</summary>
    Warning,

    /// <summary>The run ended; its status is in <c>run.json</c>.</summary>
    Ended,
}
