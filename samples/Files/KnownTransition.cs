using System.Globalization;
using Sat.Records;
using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Files;

public sealed record TransitionOptions
{
    [Option(
        "A text file with a row for each true class: the probabilities of the given ones, separated by commas",
        IsPath = true,
        Required = true
    )]
    public string? Matrix { get; init; }
}

internal sealed class KnownTransition(TrainingTask task, TransitionOptions options) : ClassifierMethod(task), IMethodState
{
    private readonly Tensor _transition = Read(options.Matrix!, task.Classes.Count).to(task.Device);

    public IReadOnlyDictionary<string, Tensor> State => new Dictionary<string, Tensor> { ["transition"] = _transition };

    public override Tensor Loss(Batch batch)
    {
        var given = softmax(Model.call(batch.Images), 1).matmul(_transition);
        return nll_loss(given.clamp(min: 1e-12).log(), batch.Labels);
    }

    private static Tensor Read(string path, int classes)
    {
        var rows = File.ReadAllLines(path)
            .Where(l => l.Length > 0)
            .Select(l => l.Split(',').Select(c => float.Parse(c, CultureInfo.InvariantCulture)).ToArray())
            .ToArray();
        if (rows.Length != classes || rows.Any(r => r.Length != classes || Math.Abs(r.Sum() - 1) > 1e-4))
            throw new SatException(
                ExitCode.Environment,
                $"{path} must have {classes} rows of {classes} probabilities, each row with the sum 1."
            );
        return tensor(rows.SelectMany(r => r).ToArray()).view(classes, classes);
    }
}
