using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sat.Records.Arrays;
using Sat.Records.Files;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Evaluations.Selective;

/// <summary>What a run wrote of its test set.</summary>
static class ParentOutputs
{
    /// <summary>All outputs, or the logits of a run that has no others, float32 [test samples, outputs]; null: they are not there, not what
    /// the run wrote, or of other images or weights than are evaluated.</summary>
    /// <param name="context">The evaluation.</param>
    /// <param name="samples">Test samples.</param>
    public static Tensor? Read(EvaluationContext context, long samples)
    {
        if (!context.IsParentsTest || context.Parent is not { } folder || folder.ReadRecord() is not { } record)
            return null;
        foreach (var path in new[] { folder.TestOutputsFile, folder.TestLogitsFile })
        {
            if (!record.Outputs.TryGetValue(Path.GetFileName(path), out var recorded))
                continue;
            if (!File.Exists(path))
                return null;
            using var file = RegularFile.OpenRead(path);
            if (Convert.ToHexStringLower(SHA256.HashData(file)) != recorded)
                return null;
            file.Position = 0;
            var array = Npy.Read(file);
            return array is { Type: "<f4", Shape: [var rows, _] } && rows == samples
                ? tensor(MemoryMarshal.Cast<byte, float>(array.Bytes).ToArray(), [.. array.Shape])
                : null;
        }
        return null;
    }
}
