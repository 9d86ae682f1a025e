namespace Sat.Records.Runs;

/// <summary>Another worker has taken the run over; nothing more may be written.</summary>
public sealed class LeaseLostException(RunFolder folder)
    : Exception(
        Directory.Exists(folder.Path)
            ? $"another worker has taken over the run in {folder.Path}: this one stops, and writes nothing more"
            : $"the folder {folder.Path} was renamed or removed: its worker stops, and writes nothing more"
    );
