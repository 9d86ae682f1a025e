using System.Diagnostics;
using Sat.Benchmarks.Measuring;
using Sat.Records.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Benchmarks.Subjects;

/// <summary>Products of large square matrices and nothing else: what the processor, or the card, computes at most.</summary>
internal static class Products
{
    private const int WarmUp = 2;
    private const int Turns = 5;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(0.5);

    /// <summary>Prints the floating-point operations a second of the fastest of some turns.</summary>
    /// <param name="precision"><c>fp32</c> or <c>bf16</c>.</param>
    /// <param name="threads">Threads within an operation.</param>
    /// <param name="device">Where.</param>
    public static void Run(string precision, int threads, string device)
    {
        set_num_threads(threads);
        var where = new Device(device);
        // Large enough to be all arithmetic: on the CPU some tens of milliseconds each.
        var side = where.type == DeviceType.CPU ? 2048L : 8192L;
        var type = precision == "bf16" ? ScalarType.BFloat16 : ScalarType.Float32;
        using var scope = NewDisposeScope();
        var (left, right, product) = (
            randn(side, side, device: where).to(type),
            randn(side, side, device: where).to(type),
            zeros(side, side, dtype: type, device: where)
        );
        double Seconds(int count)
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < count; i++)
                product.addmm_(left, right, beta: 0, alpha: 1);
            if (where.type == DeviceType.CUDA)
                cuda.synchronize();
            return clock.Elapsed.TotalSeconds;
        }

        Seconds(WarmUp);
        var count = Math.Max(1, (int)(Turn.TotalSeconds / Seconds(1)));
        var fastest = Enumerable.Range(0, Turns).Min(_ => Seconds(count));
        Console.WriteLine(
            SatJson.Write(new Dictionary<string, double> { [MeasureNames.OperationsPerSecond] = count * 2 * Math.Pow(side, 3) / fastest })
        );
    }
}
