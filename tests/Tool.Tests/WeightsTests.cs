using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>Models that begin with the weights in a file.</summary>
[TestClass]
public sealed class WeightsTests
{
    [TestMethod]
    public async Task A_run_begins_with_the_weights_it_is_given_and_its_id_is_theirs()
    {
        using var workshop = new Workshop();
        // A rate of nothing: what the run ends with is what it began with.
        workshop.Write("from.yaml", Study("from", "model: { id: small-conv, width: 4 }", rate: "0.05"));
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("sweep", "from.yaml", "--threads", "1")).ExitCode);
        var weights = workshop.Run("runs/from", workshop.Plan("runs/from").Runs[0].Id).WeightsFile;
        File.Copy(weights, Path.Combine(workshop.Folder, "first.safetensors"));

        workshop.Write("to.yaml", Study("to", "model: { id: small-conv, width: 4, weights: first.safetensors }", rate: "1e-30"));
        var planned = workshop.Plan("runs/from").Runs[0].Id;
        var sweep = await workshop.Sat("sweep", "to.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        var run = workshop.Run("runs/to", workshop.Plan("runs/to").Runs.Single().Id);
        Assert.AreNotEqual(planned, workshop.Plan("runs/to").Runs.Single().Id);
        Assert.AreEqual(1, run.ReadRecord()!.Spec.Model.Files!.Count);
        CollectionAssert.AreEqual(Parameters(weights), Parameters(run.WeightsFile));

        // Another content of the same name is another run; weights of another width are told before anything is trained.
        workshop.Write("wide.yaml", Study("wide", "model: { id: small-conv, width: 8, weights: first.safetensors }", rate: "0.05"));
        var wide = await workshop.Sat("sweep", "wide.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Environment, wide.ExitCode, wide.Error);
        Assert.Contains("do not fit: its backbone.layers.0.weight is [4, 3, 3, 3], but that of 'small-conv' is [8, 3, 3, 3]", wide.Error);
        Told.InOneSentence(
            await workshop.Sat("sweep", "wide.yaml", "--set", "model.weights=none.safetensors"),
            ExitCode.Environment,
            "none.safetensors"
        );
        await File.AppendAllTextAsync(Path.Combine(workshop.Folder, "first.safetensors"), "x");
        var changed = await workshop.Sat("plan", "to.yaml", "--json");
        Assert.DoesNotContain(run.Name, changed.Out);
    }

    private static string Study(string name, string model, string rate) =>
        $$"""
            name: {{name}}
            defaults:
              dataset: { id: shapes, train-samples: 64, test-samples: 32 }
              {{model}}
              method: erm
              training: { epochs: 1, batch-size: 32, optimizer: { id: sgd, lr: {{rate}}, weight-decay: 0 } }
            matrix:
              seed: [1]
            """;

    /// <summary>The backbone's convolutions, as bytes: batch statistics move whatever the rate.</summary>
    private static byte[] Parameters(string file)
    {
        using var stream = File.OpenRead(file);
        var (tensors, _) = Records.Arrays.SafeTensors.ReadHeader(stream);
        var bytes = new List<byte>();
        foreach (
            var (_, entry) in tensors
                .Where(t => t.Key.StartsWith("backbone.", StringComparison.Ordinal) && t.Value.Shape.Count == 4)
                .OrderBy(t => t.Key, StringComparer.Ordinal)
        )
        {
            var part = new byte[entry.Bytes];
            stream.Position = entry.Offset;
            stream.ReadExactly(part);
            bytes.AddRange(part);
        }
        Assert.IsGreaterThan(1000, bytes.Count);
        return [.. bytes];
    }
}
