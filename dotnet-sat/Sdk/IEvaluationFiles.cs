namespace Sat.Sdk;

/// <summary>The files of an evaluation, in its run's folder, and what it would go on from.</summary>
public interface IEvaluationFiles : IRunFiles
{
    /// <summary>Keeps what the evaluation would go on from if it were stopped now; replaces what was kept before.</summary>
    void SaveState(Action<Stream> write);

    /// <summary>Opens what an earlier attempt of this run kept; null: there is none. The caller disposes it.</summary>
    Stream? OpenState();
}
