namespace Sat.Sdk;

/// <summary>The files of an evaluation, in its run's folder. Names are kebab-case with an extension, such as <c>robust.npy</c>.</summary>
public interface IEvaluationFiles
{
    /// <summary>Writes a file among the run's outputs, whole or not at all; its checksum is recorded.</summary>
    void Write(string name, Action<Stream> write);

    /// <summary>Keeps what the evaluation would go on from if it were stopped now; replaces what was kept before.</summary>
    void SaveState(Action<Stream> write);

    /// <summary>Opens what an earlier attempt of this run kept; null: there is none. The caller disposes it.</summary>
    Stream? OpenState();
}
