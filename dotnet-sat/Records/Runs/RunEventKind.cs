namespace Sat.Records.Runs;

/// <summary>What a line of <c>events.jsonl</c> tells.</summary>
public enum RunEventKind
{
    /// <summary>A worker took the run.</summary>
    Started,

    /// <summary>Steps were made.</summary>
    Progress,

    /// <summary>An epoch ended.</summary>
    Epoch,

    /// <summary>The run warns of something; it is in <c>run.json</c>, too.</summary>
    Warning,

    /// <summary>The run ended; its status is in <c>run.json</c>.</summary>
    Ended,
}
