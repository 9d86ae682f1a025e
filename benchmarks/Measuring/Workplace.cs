using System.Globalization;
using System.IO.Compression;
using Sat.Records.Arrays;

namespace Sat.Benchmarks.Measuring;

/// <summary>Where things are: the repository, the tool to measure, Python, and a folder to work in.</summary>
internal sealed class Workplace : IDisposable
{
    /// <summary>Of Debian's package, not of an environment: what anybody can install.</summary>
    public const string DefaultPython = "/usr/bin/python3";

    /// <summary>Test images of the usual archive.</summary>
    public const int TestSamples = 512;

    private const int TrainSamples = 2560;

    private readonly string _python;
    private readonly Lazy<string> _tool;
    private readonly Dictionary<int, string> _data = [];
    private readonly Lazy<string> _pictures;
    private readonly Lazy<string> _photos;
    private readonly Lazy<string?> _pythonVersions;

    /// <param name="tool">A folder with the tool's program; null: it is packed and installed.</param>
    /// <param name="python">The Python of the peers.</param>
    /// <param name="device">Where the trainings are made: <c>cpu</c>, or <c>cuda</c>, of which the tool's libtorch and PyTorch must
    /// know.</param>
    public Workplace(string? tool, string python, string device = "cpu")
    {
        Device = device;
        _python = python;
        _tool = new Lazy<string>(() => tool is null ? Install() : Path.GetFullPath(tool));
        _pictures = new Lazy<string>(() => PictureFolder.Write(Path.Combine(Folder, "pictures"), Measuring.Cases.Given.Streamed));
        _photos = new Lazy<string>(() => PhotoFolder.Write(Path.Combine(Folder, "photos"), Measuring.Cases.Given.Decode));
        _pythonVersions = new Lazy<string?>(() => Versions(python));
    }

    public static string Repository { get; } = Setting("Sat.Benchmarks.Repository");

    /// <summary>The built plugin with augmentations.</summary>
    public static string TrainingPlugin => Setting("Sat.Benchmarks.TrainingPlugin");

    /// <summary>The built plugin with views.</summary>
    public static string ViewsPlugin => Setting("Sat.Benchmarks.ViewsPlugin");

    /// <summary>The built plugin with datasets of photos.</summary>
    public static string FilesPlugin => Setting("Sat.Benchmarks.FilesPlugin");

    /// <summary>The built plugin with backbones.</summary>
    public static string ConvolutionalPlugin => Setting("Sat.Benchmarks.ConvolutionalPlugin");

    /// <summary>The built plugin with methods that learn from labels.</summary>
    public static string SupervisedPlugin => Setting("Sat.Benchmarks.SupervisedPlugin");

    /// <summary>The built plugin with methods that learn without labels.</summary>
    public static string SelfSupervisedPlugin => Setting("Sat.Benchmarks.SelfSupervisedPlugin");

    /// <summary>The folder of the plugin with the methods that train against attacks.</summary>
    public static string AdversarialPlugin => Setting("Sat.Benchmarks.AdversarialPlugin");

    /// <summary>Where the trainings are made, as the tool and the peers take it.</summary>
    public string Device { get; }

    /// <summary>An empty folder, gone when measuring is over.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("sat-benchmarks-").FullName;

    /// <summary>A NumPy archive of random images, 32x32 in three colours, with labels of ten classes.</summary>
    public string Data(int testSamples = TestSamples) =>
        _data.TryGetValue(testSamples, out var path) ? path : _data[testSamples] = WriteData(testSamples);

    /// <summary>A folder of JPEGs, as many and as large as <c>cases.json</c> says.</summary>
    public string Pictures => _pictures.Value;

    /// <summary>A folder of larger JPEGs.</summary>
    public string Photos => _photos.Value;

    /// <summary>The folder with the tool's program.</summary>
    public string ToolFolder => _tool.Value;

    /// <summary>Why the Python peers cannot run; null: they can.</summary>
    public string? PythonMissing =>
        _pythonVersions.Value is null
            ? $"{_python} has no torch and torchvision (Debian: apt-get install python3-torch python3-torchvision)"
            : null;

    /// <summary>Why PyTorch's compiler cannot run; null: it can.</summary>
    public string? CompilerMissing =>
        PythonMissing
        ?? (
            Version.TryParse(PythonVersions["torch"].Split(['a', 'b', 'r', '+'])[0], out var torch) && torch.Major >= 2
                ? null
                : $"torch {PythonVersions["torch"]} has no torch.compile"
        );

    /// <summary>Python, torch and torchvision.</summary>
    public IReadOnlyDictionary<string, string> PythonVersions =>
        _pythonVersions
            .Value?.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(' ', 2))
            .ToDictionary(l => l[0], l => l[1])
        ?? [];

    /// <summary>Runs the tool.</summary>
    public MeasuredProcess Tool(params IReadOnlyList<string> arguments) => RunNamed(["dotnet-sat", .. arguments]);

    /// <summary>Runs the tool with variables of its own.</summary>
    public MeasuredProcess Tool(IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> arguments) =>
        MeasuredProcess.Run(
            [Program("dotnet-sat"), .. arguments],
            Folder,
            new Dictionary<string, string?>([.. ToolVariables, .. variables.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))])
        );

    /// <summary>Runs the tool until something has happened, then kills it and its workers.</summary>
    public void KillTool(IReadOnlyList<string> arguments, Func<bool> happened) =>
        MeasuredProcess.KillOnce([Program("dotnet-sat"), .. arguments], Folder, ToolVariables, happened);

    /// <summary>Runs a program that is found on the path, on which the tool comes first.</summary>
    public MeasuredProcess RunNamed(IReadOnlyList<string> command) =>
        MeasuredProcess.Run([Program(command[0]), .. command.Skip(1)], Folder, ToolVariables);

    /// <summary>An empty folder for the output of a sweep; what was there before is removed.</summary>
    public string EmptyOutput(string name)
    {
        var output = Path.Combine(Folder, name);
        if (Directory.Exists(output))
            Directory.Delete(output, recursive: true);
        return output;
    }

    /// <summary>Runs a subject of this program, in a process of its own.</summary>
    public MeasuredProcess Subject(params IReadOnlyList<string> arguments) =>
        MeasuredProcess.Run([Environment.ProcessPath!, "subject", .. arguments], Folder, new Dictionary<string, string?>());

    /// <summary>Runs a script of <c>peers/</c>.</summary>
    public MeasuredProcess Python(string script, params IReadOnlyList<string> arguments) =>
        MeasuredProcess.Run([_python, Path.Combine(Repository, "benchmarks", "peers", script), .. arguments], Folder, PythonVariables);

    /// <summary>A file of <c>benchmarks/studies</c>.</summary>
    public static string Study(string name) => Path.Combine(Repository, "benchmarks", "studies", name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private string SearchPath => $"{ToolFolder}:{Environment.GetEnvironmentVariable("PATH")}";

    private Dictionary<string, string?> ToolVariables => new() { ["PATH"] = SearchPath, ["SAT_HOME"] = Path.Combine(Folder, "home") };

    private string Program(string name) =>
        SearchPath.Split(':').Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"there is no {name} in {ToolFolder} and on the path");

    /// <summary>Debian's libraries are to choose their kernels by the machine, as ours do.</summary>
    private static Dictionary<string, string?> PythonVariables { get; } =
        Environment
            .GetEnvironmentVariables()
            .Keys.Cast<string>()
            .Where(k => k.StartsWith("OPENBLAS_", StringComparison.Ordinal))
            .ToDictionary(k => k, _ => (string?)null);

    private static string? Versions(string python)
    {
        if (!File.Exists(python))
            return null;
        try
        {
            return MeasuredProcess
                .Run(
                    [
                        python,
                        "-c",
                        "import platform, torch, torchvision; print('Python', platform.python_version()); print('torch', torch.__version__); print('torchvision', torchvision.__version__)",
                    ],
                    Repository,
                    PythonVariables
                )
                .Output;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Packs the tool and installs it, as a user has it.</summary>
    private string Install()
    {
        Console.Error.WriteLine("packing and installing the tool ...");
        var build = Path.Combine(Repository, "artifacts", "benchmarks");
        var (packages, tools) = (Path.Combine(Folder, "packages"), Path.Combine(Folder, "tools"));
        MeasuredProcess.Run(
            [
                "dotnet",
                "pack",
                "dotnet-sat/Tool",
                "-c",
                "Release",
                "--artifacts-path",
                build,
                "-o",
                packages,
                "--nologo",
                "-v",
                "q",
                "--disable-build-servers",
            ],
            Repository,
            new Dictionary<string, string?>()
        );
        MeasuredProcess.Run(
            ["dotnet", "tool", "install", "dotnet-sat", "--add-source", packages, "--tool-path", tools],
            Folder,
            new Dictionary<string, string?>()
        );
        return tools;
    }

    private string WriteData(int testSamples)
    {
        var path = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"images-{testSamples}.npz"));
        var random = new Random(1);
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, count) in new[] { ("train", TrainSamples), ("test", testSamples) })
        {
            var images = new byte[count * 32 * 32 * 3];
            random.NextBytes(images);
            using (var entry = zip.CreateEntry($"x_{name}.npy", CompressionLevel.NoCompression).Open())
                Npy.Write<byte>(entry, images, count, 32, 32, 3);
            using var labels = zip.CreateEntry($"y_{name}.npy", CompressionLevel.NoCompression).Open();
            Npy.Write<long>(labels, [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(10))], count);
        }
        return path;
    }

    private static string Setting(string name) => Path.GetFullPath((string)AppContext.GetData(name)!, AppContext.BaseDirectory);
}
