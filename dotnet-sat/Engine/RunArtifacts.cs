using System.Security.Cryptography;
using Sat.Engine.Data;
using Sat.Engine.Measures;
using Sat.Engine.Outputs;
using Sat.Engine.Training;
using Sat.Engine.Weights;
using Sat.Records.Arrays;
using Sat.Records.Files;
using Sat.Records.Runs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine;

/// <summary>The files that a run leaves beside its record.</summary>
public static class RunArtifacts
{
    /// <summary>Writes <c>noise.npy</c> and returns its SHA-256; null when there is no pattern.</summary>
    public static string? WriteNoise(RunLease lease, long[] pattern)
    {
        if (pattern.Length == 0)
            return null;
        using var bytes = new MemoryStream();
        Npy.Write<long>(bytes, pattern, pattern.Length);
        lease.Write(lease.Folder.NoiseFile, stream => stream.Write(bytes.GetBuffer(), 0, (int)bytes.Length));
        return Convert.ToHexStringLower(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    /// <summary>Writes the weights, test logits and confusion matrix, soft targets and suspected labels: what the method can
    /// give.</summary>
    /// <param name="lease">The right to write.</param>
    /// <param name="method">The method.</param>
    /// <param name="data">What it was trained on.</param>
    /// <param name="pixels">From bytes to images.</param>
    /// <param name="normalization">How images were normalised; null: not at all.</param>
    public static void WriteResults(RunLease lease, Method method, TrainingData data, Pixels pixels, Normalization? normalization)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var classes = data.Dataset.Classes;
        lease.Write(lease.Folder.WeightsFile, s => BackboneWeights.Write(s, method, normalization));
        if (method is IClassifier)
        {
            if (Accuracy.ExtraOutputs(method, data.Test.Images, pixels)?.to(ScalarType.Float32).cpu() is { } outputs)
                lease.Write(lease.Folder.TestOutputsFile, s => Npy.Write<float>(s, outputs.data<float>().ToArray(), outputs.shape));
            var logits = Accuracy.Logits(method, data.Test.Images, pixels).to(ScalarType.Float32).cpu();
            lease.Write(lease.Folder.TestLogitsFile, s => Npy.Write<float>(s, logits.data<float>().ToArray(), logits.shape));
            if (data.Test.Clean is { } truth)
            {
                var cells = truth.cpu().mul(classes.Count).add(logits.argmax(1));
                var counts = cells.bincount(null, classes.Count * classes.Count);
                lease.Write(lease.Folder.ConfusionFile, s =>
                    Npy.Write<long>(s, counts.data<long>().ToArray(), classes.Count, classes.Count)
                );
            }
        }
        if (method is ISoftTargets soft && data.Train.Given is { } given)
        {
            var targets = soft.SoftTargets.cpu();
            lease.Write(lease.Folder.SoftTargetsFile, s => Npy.Write<float>(s, targets.data<float>().ToArray(), targets.shape));
            var corrections = LabelRecovery.Corrections(
                targets,
                given.cpu(),
                data.Train is { TellsWrongLabels: true, Clean: { } known } ? known.cpu() : null
            );
            lease.Write(lease.Folder.CorrectionsFile, s => Npy.Write<long>(s, corrections.data<long>().ToArray(), corrections.shape));
            lease.WriteText(
                lease.Folder.LabelsFile,
                LabelRecovery.SuspectsCsv(soft, given, classes, (data.Dataset.Train as IHasSampleFiles)?.Files)
            );
        }
    }

    /// <summary>Lets the method leave files and figures of its own, if it has any.</summary>
    /// <param name="lease">The right to write.</param>
    /// <param name="method">The method.</param>
    /// <param name="errors">Names the method.</param>
    public static void WriteOwn(RunLease lease, Method method, MethodErrors errors)
    {
        if (method is not IMethodFiles own)
            return;
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        method.Network.eval();
        own.WriteFiles(new OwnFiles(lease, errors.Who, lease.Folder.MethodFile));
    }

    /// <summary>SHA-256 of the files that the outcome lies in, by name.</summary>
    public static IReadOnlyDictionary<string, string> Checksums(RunFolder folder)
    {
        return new SortedDictionary<string, string>(
            folder.Outputs.Where(File.Exists).ToDictionary(f => Path.GetFileName(f), Hash),
            StringComparer.Ordinal
        );

        static string Hash(string path)
        {
            using var file = RegularFile.OpenRead(path, FileShare.ReadWrite | FileShare.Delete);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
    }
}
