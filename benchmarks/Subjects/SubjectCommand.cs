using System.CommandLine;
using Sat.Engine.Interop;

namespace Sat.Benchmarks.Subjects;

/// <summary><c>subject</c>: what this program starts itself as, to be measured in a process of its own.</summary>
internal static class SubjectCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Required = true };
        return new Command("subject", "Be measured.") { Train(data), Augment(data), View(), Decode(), Steps(), Multiply() }.Hide();
    }

    private static Command Train(Option<string> data)
    {
        var (net, loss) = (new Option<string>("--net") { Required = true }, new Option<string>("--loss") { Required = true });
        var (width, samples, testSamples, epochs) = (Number("--width"), Number("--samples"), Number("--test-samples"), Number("--epochs"));
        var (batchSize, threads) = (Number("--batch-size"), Number("--threads"));
        var command = new Command("train", "Train in a plain loop.")
        {
            data,
            net,
            width,
            loss,
            samples,
            testSamples,
            epochs,
            batchSize,
            threads,
        };
        command.SetAction(parsed =>
        {
            LibTorch.Load();
            TorchSharpLoop.Run(
                parsed.GetValue(data)!,
                parsed.GetValue(net)!,
                parsed.GetValue(width),
                parsed.GetValue(loss)!,
                parsed.GetValue(samples),
                parsed.GetValue(testSamples),
                parsed.GetValue(epochs),
                parsed.GetValue(batchSize),
                parsed.GetValue(threads)
            );
        });
        return command;
    }

    private static Command Augment(Option<string> data)
    {
        var by = new Option<string>("--by") { Required = true };
        by.AcceptOnlyFromAmong("engine", "tensors");
        var command = new Command("augment", "Make batches.") { data, by };
        command.SetAction(parsed =>
        {
            LibTorch.Load();
            Batches.Run(parsed.GetValue(data)!, parsed.GetValue(by)!);
        });
        return command;
    }

    private static Command View()
    {
        var (operation, side) = (new Option<string>("--operation") { Required = true }, Number("--side"));
        var command = new Command("views", "Make views.") { operation, side };
        command.SetAction(parsed =>
        {
            LibTorch.Load();
            Views.Run(parsed.GetValue(operation)!, parsed.GetValue(side));
        });
        return command;
    }

    private static Command Decode()
    {
        var (photos, processors) = (new Option<string>("--photos") { Required = true }, Number("--processors"));
        var command = new Command("decode", "Decode parts of photos.") { photos, processors };
        command.SetAction(parsed =>
        {
            LibTorch.Load();
            Photos.Run(parsed.GetValue(photos)!, parsed.GetValue(processors));
        });
        return command;
    }

    private static Command Steps()
    {
        var name = new Option<string>("--case") { Required = true };
        var command = new Command("steps", "Train two methods on random images, a step each by turns.") { name };
        command.SetAction(parsed =>
        {
            LibTorch.Load();
            MethodSteps.Run(parsed.GetValue(name)!);
        });
        return command;
    }

    private static Command Multiply()
    {
        var (precision, threads, device) = (
            new Option<string>("--precision") { Required = true },
            Number("--threads"),
            new Option<string>("--device") { Required = true }
        );
        precision.AcceptOnlyFromAmong("fp32", "bf16");
        var command = new Command("products", "Multiply matrices.") { precision, threads, device };
        command.SetAction(parsed =>
        {
            LibTorch.Load();
            Products.Run(parsed.GetValue(precision)!, parsed.GetValue(threads), parsed.GetValue(device)!);
        });
        return command;
    }

    private static Option<int> Number(string name) => new(name) { Required = true };

    private static Command Hide(this Command command)
    {
        command.Hidden = true;
        return command;
    }
}
