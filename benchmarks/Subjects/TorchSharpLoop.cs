using System.Diagnostics;
using Sat.Records.Json;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Benchmarks.Subjects;

/// <summary>A training as one writes it in TorchSharp: tensors, a dispose scope a step, and nothing clever.</summary>
internal static class TorchSharpLoop
{
    private const int Padding = 4;

    /// <summary>Trains, evaluates once, and prints the seconds of each epoch's training steps.</summary>
    public static void Run(
        string data,
        string net,
        int width,
        string loss,
        int samples,
        int testSamples,
        int epochs,
        int batchSize,
        int threads
    )
    {
        set_num_threads(threads);
        manual_seed(1);
        var (images, labels) = RandomImages.Read(data, "train", samples);
        var (testImages, testLabels) = RandomImages.Read(data, "test", testSamples);
        const int classes = 10;
        var mean = tensor(new[] { 0.4914f * 255, 0.4822f * 255, 0.4465f * 255 }).view(1, 3, 1, 1);
        var deviation = tensor(new[] { 0.2023f * 255, 0.1994f * 255, 0.2010f * 255 }).view(1, 3, 1, 1);
        using var model = Nets.Create(net, 3, width, classes);
        using var optimizer = optim.SGD(model.parameters(), 0.1, momentum: 0.9, weight_decay: 5e-4);
        var targets = one_hot(labels, classes).to(float32);

        var seconds = new List<double>();
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var clock = Stopwatch.StartNew();
            model.train();
            var total = 0.0;
            using var order = randperm(samples, int64);
            for (var start = 0; start < samples; start += batchSize)
            {
                using var scope = NewDisposeScope();
                var indices = order[start..Math.Min(start + batchSize, samples)];
                var batch = CropFlip(images[indices]).to(float32).sub_(mean).div_(deviation);
                var logits = model.forward(batch);
                var value = loss == "given-labels" ? cross_entropy(logits, labels[indices]) : Adapted(logits, indices, targets);
                optimizer.zero_grad();
                value.backward();
                optimizer.step();
                total += value.item<float>() * indices.shape[0];
            }
            seconds.Add(clock.Elapsed.TotalSeconds);
        }

        model.eval();
        using (no_grad())
        {
            foreach (var (pictures, truth) in new[] { (images, labels), (testImages, testLabels) })
            {
                var right = 0L;
                for (var start = 0; start < pictures.shape[0]; start += 512)
                {
                    using var scope = NewDisposeScope();
                    var end = Math.Min(start + 512, pictures.shape[0]);
                    var batch = pictures[start..(int)end].to(float32).sub_(mean).div_(deviation);
                    right += model.forward(batch).argmax(1).eq(truth[start..(int)end]).sum().item<long>();
                }
                Console.Error.WriteLine($"{right} of {pictures.shape[0]} right");
            }
        }
        Console.WriteLine(SatJson.Write(new { Seconds = seconds }));
    }

    /// <summary>Self-adaptive training from the first epoch on, momentum 0.9.</summary>
    private static Tensor Adapted(Tensor logits, Tensor indices, Tensor targets)
    {
        Tensor adapted,
            weights;
        using (no_grad())
        {
            adapted = targets[indices].mul_(0.9).add_(softmax(logits.detach(), 1), alpha: 0.1);
            targets.index_put_(adapted, indices);
            weights = adapted.amax([1]);
        }
        return (weights * -(adapted * log_softmax(logits, 1)).sum(1)).sum() / weights.sum();
    }

    private static Tensor CropFlip(Tensor images)
    {
        var (batch, channels, height, width) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        var flipped = rand([batch, 1, 1]).lt(0.5);
        var top = randint(0, 2 * Padding + 1, [batch, 1, 1], int64);
        var left = randint(0, 2 * Padding + 1, [batch, 1, 1], int64);
        var padded = pad(images, [Padding, Padding, Padding, Padding]);
        var rows = top + arange(height).view(1, height, 1);
        var columns = arange(width).view(1, 1, width);
        columns = left + where(flipped, width - 1 - columns, columns);
        var pixels = (rows * padded.shape[3] + columns).view(batch, 1, height * width).expand(batch, channels, height * width);
        return padded.flatten(2).gather(2, pixels).view(batch, channels, height, width);
    }
}
