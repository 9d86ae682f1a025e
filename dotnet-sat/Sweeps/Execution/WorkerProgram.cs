namespace Sat.Sweeps.Execution;

/// <summary>How to start a worker; <c>--device DEVICE --folder RUNFOLDER</c> is appended.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record WorkerProgram(string FileName, IReadOnlyList<string> Arguments);
