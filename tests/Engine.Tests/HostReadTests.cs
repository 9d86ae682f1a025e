using Sat.Engine.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

/// <summary>
/// What waits for a card without any operator that could be seen on the CPU (<see cref="DeviceWaitTests"/>) is looked for in the code
/// itself: of the training loop, of all methods, models, augmentations and optimizers. Whoever calls it must be known here, with the reason
/// why no step waits.
/// </summary>
[TestClass]
public sealed class HostReadTests
{
    private static readonly string[] Reading =
    [
        "Tensor.item",
        "Tensor.data",
        "Tensor.get_bytes",
        "Tensor.cpu",
        "Tensor.cuda",
        "Tensor.ToString",
        "Tensor.str",
        "Tensor.print",
        "Tensor.save",
    ];

    /// <summary>Who reads, and why no step on a card waits for it.</summary>
    private static readonly IReadOnlyDictionary<string, string> Known = new Dictionary<string, string>
    {
        ["Trainer.Run"] = "the loss, at an epoch's end",
        ["Trainer.TrainEpoch"] = "the loss, once a second",
        ["OptimizerStep.Make"] = "whether a step of fp16 overflowed, where the optimizer itself must know: docs/runs.md, Precision",
        ["SampleStream.NextOrder"] = "an epoch's order, which is drawn on the CPU",
        ["Positions.Require"] = "an epoch's order, when the epoch begins",
        ["Streamed.Fetch"] = "evaluations and tests; steps know their positions on the host",
        ["Pixels.Normalize"] = "runs on the CPU alone",
        ["TrainingData.Open"] = "before training",
        ["TrainingData.CheckLabels"] = "before training",
        ["DatasetPart..ctor"] = "looks at data without training, on the CPU",
        ["DatasetPart.Images"] = "looks at data without training, on the CPU",
        ["DataCheck.Empty"] = "before training",
        ["DataCheck.RequireClasses"] = "before training",
        ["DataCheck.RequireDifference"] = "before training",
        ["SampleList.Read"] = "trains nothing: it lists samples",
        ["CollapseMeter.Measure"] = "at an epoch's end",
        ["Division.Divide"] = "before an epoch's steps, after a pass over all images",
        ["Division.OrAll"] = "an epoch's order, when the epoch begins",
        ["CropFlip.Windows"] = "what was drawn on the CPU",
        ["ViewDraw.Next"] = "what was drawn on the CPU",
        ["ResizedCrop.Regions"] = "drawn on the CPU",
    };

    private static readonly string[] Engine = ["Sat.Engine.Training", "Sat.Engine.Data", "Sat.Engine.Interop"];

    [TestMethod]
    public void No_code_of_a_step_reads_numbers_from_the_device_or_writes_some_there_and_waits()
    {
        var calls = Calls
            .Of(typeof(Trainer).Assembly.Location)
            .Where(c => Engine.Contains(c.Namespace))
            .Concat(
                TestedPlugins
                    .Projects.Where(p =>
                        new[] { "Sat.Methods.", "Sat.Models.", "Sat.Training." }.Any(f => p.StartsWith(f, StringComparison.Ordinal))
                    )
                    .SelectMany(p => Calls.Of(Path.Combine(Places.Bin(p), p + ".dll")))
            )
            .Concat(
                Calls
                    .Of(typeof(torch).Assembly.Location)
                    .Where(c => c.Namespace == "TorchSharp.Modules" && new[] { "step", "_step" }.Contains(c.Caller.Split('.')[^1]))
            );

        var found = calls.Where(Waits).ToArray();

        Assert.IsEmpty(
            found.Where(c => !Known.ContainsKey(c.Caller)),
            "a step may wait for the device; give the reason in Known where none does: "
                + string.Join(", ", found.Where(c => !Known.ContainsKey(c.Caller)).Select(c => $"{c.Caller} calls {c.Callee}"))
        );
        Assert.IsEmpty(Known.Keys.Except(found.Select(c => c.Caller)), "Known knows more than there is");
    }

    [TestMethod]
    public void Code_that_waits_is_seen() =>
        CollectionAssert.AreEquivalent(
            new[] { "torch.tensor", "Tensor.item", "Tensor.data", "TensorExtensionMethods.ToSingle" },
            Calls
                .Of(typeof(HostReadTests).Assembly.Location)
                .Where(c => c.Caller == $"{nameof(HostReadTests)}.{nameof(Wait)}")
                .Where(Waits)
                .Select(c => c.Callee)
                .ToArray()
        );

    /// <summary>Reads three times, and writes twice, once of which waits.</summary>
    private static IEnumerable<float> Wait(Device device)
    {
        using var written = tensor(new float[] { 1, 2 }, device: device);
        using var carried = tensor(new float[] { 3, 4 });
        yield return written.sum().item<float>();
        Func<float> first = () => written.data<float>()[0];
        yield return first() + carried.sum().ToSingle();
    }

    private static bool Waits(Call call) =>
        Reading.Contains(call.Callee)
        || call.Callee.StartsWith("TensorExtensionMethods.To", StringComparison.Ordinal)
        // tensor(values, dimensions, dtype, device, requires_grad, names): the host waits where a device is given, whether or not it is one
        // that is waited for.
        || (call.Callee == "torch.tensor" && call.Before[2] != "ldnull");
}
