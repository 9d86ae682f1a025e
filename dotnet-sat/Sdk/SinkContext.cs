using Sat.Records.Specs;

namespace Sat.Sdk;

/// <summary>The run that a sink is made for.</summary>
/// <param name="Id">The run's id, 64 hexadecimal digits.</param>
/// <param name="Spec">What decides its result.</param>
/// <param name="Folder">Its folder, an absolute path, for files of the sink's own; their names must be none of the tool's.</param>
/// <param name="EpochsDone">Epochs that ended before; above 0 where the run goes on from a checkpoint.</param>
public sealed record SinkContext(string Id, RunSpec Spec, string Folder, int EpochsDone);
