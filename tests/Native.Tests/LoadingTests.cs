using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Native.Tests;

[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class LoadingTests
{
    [TestMethod]
    public void TorchSharpComputesAndTrains()
    {
        Preload.Run();
        Assert.IsTrue(TryInitializeDeviceType(DeviceType.CPU));
        using var scope = NewDisposeScope();

        Assert.AreEqual(2f, (ones(1) + ones(1)).item<float>());

        random.manual_seed(1);
        using var net = nn.Sequential(
            ("conv", nn.Conv2d(1, 4, kernel_size: 3, padding: 1)),
            ("relu", nn.ReLU()),
            ("flat", nn.Flatten()),
            ("head", nn.Linear(4 * 8 * 8, 2))
        );
        using var optimizer = optim.SGD(net.parameters(), learningRate: 0.1);
        var images = randn(16, 1, 8, 8);
        var labels = arange(16, dtype: ScalarType.Int64) % 2;
        List<float> losses = [];
        for (var step = 0; step < 10; step++)
        {
            using var loss = nn.functional.cross_entropy(net.forward(images), labels);
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            losses.Add(loss.item<float>());
        }

        var course = losses.Select(loss => loss.ToString("f3", CultureInfo.InvariantCulture));
        Assert.IsLessThan(losses[0], losses[^1], string.Join(' ', course));
    }

    [TestMethod]
    public void TheLibrariesInUseAreThoseOfTheFolder()
    {
        Preload.Run();
        Assert.IsTrue(TryInitializeDeviceType(DeviceType.CPU));

        var mapped = File.ReadLines("/proc/self/maps")
            .Select(line => line[(line.IndexOf('/', StringComparison.Ordinal) + 1)..])
            .Where(path => NativeLibraries.IsNeeded("linux-x64", Path.GetFileName(path)))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(path => "/" + path);
        var expected = Directory
            .EnumerateFiles(Preload.Folder)
            .Select(path => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path)
            .Order(StringComparer.Ordinal);

        CollectionAssert.AreEqual(expected.ToList(), mapped.ToList());
    }

    [TestMethod]
    public void AFolderWithSpacesAndForeignLettersWorks()
    {
        if (Environment.GetEnvironmentVariable("SAT_TESTS_LIBTORCH") is not null)
            return;
        var parent = Directory.CreateTempSubdirectory("sat native é 学習 ");
        try
        {
            var folder = Path.Combine(parent.FullName, "linux x64");
            new NativeFolder("linux-x64", folder).Collect([Preload.Folder]);

            // A process loads libtorch once, so this takes a second one: these tests again, from that folder.
            var (code, output) = TestsAgain(folder);

            Assert.AreEqual(0, code, output);
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }

    static (int Code, string Output) TestsAgain(string folder)
    {
        var start = new ProcessStartInfo(
            Path.ChangeExtension(typeof(LoadingTests).Assembly.Location, null),
            ["--filter", $"FullyQualifiedName~{nameof(LoadingTests)}", "--results-directory", Path.Combine(folder, "..", "results")]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["SAT_TESTS_LIBTORCH"] = folder;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
