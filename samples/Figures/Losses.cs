using System.Globalization;
using Sat.Records.Arrays;
using Sat.Records.Figures;
using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Figures;

public sealed record LossesOptions
{
    [Option("Bars of the histogram", Min = 1, Max = 100)]
    public int Bars { get; init; } = 20;
}

/// <summary>Leaves each training sample's last loss as <c>method-losses.npy</c>, float32 [samples], and a histogram of them.</summary>
internal sealed class Losses : ClassifierMethod, IMethodState, IMethodFiles
{
    private readonly LossesOptions _options;
    private readonly Tensor _losses;

    public Losses(TrainingTask task, LossesOptions options)
        : base(task)
    {
        _options = options;
        _losses = zeros(task.Samples, device: task.Device).DetachFromDisposeScope();
        State = new Dictionary<string, Tensor> { ["losses"] = _losses };
    }

    public IReadOnlyDictionary<string, Tensor> State { get; }

    public override Tensor Loss(Batch batch)
    {
        var losses = cross_entropy(Model.call(batch.Images), batch.Labels, reduction: nn.Reduction.None);
        _losses.index_copy_(0, batch.Indices, losses.detach());
        return losses.mean();
    }

    public void WriteFiles(IRunFiles files)
    {
        var losses = _losses.to(ScalarType.Float32).cpu().data<float>().ToArray();
        files.Write("losses.npy", stream => Npy.Write<float>(stream, losses, losses.Length));
        var width = Math.Max(losses.Max() / _options.Bars, float.Epsilon);
        var counts = new int[_options.Bars];
        foreach (var loss in losses)
            counts[Math.Min((int)(loss / width), _options.Bars - 1)]++;
        files.Draw(
            "losses",
            new BarFigure
            {
                Title = "Losses of the training samples",
                Note =
                    "Each sample's loss when it was trained on last. Samples whose labels are wrong and not yet memorised are on the right.",
                X = "loss",
                Y = "samples",
                Bars = [.. counts.Select((count, i) => new FigureBar((width * i).ToString("0.00", CultureInfo.InvariantCulture), count))],
            }
        );
    }
}
