using System.Diagnostics;
using Sat.Records.Plans;
using Sat.Records.Runs;

namespace Sat.Tool.Tests;

/// <summary>What a program printed and how it ended.</summary>
internal sealed record Outcome(int ExitCode, string Out, string Error)
{
    /// <summary>The last line of standard output.</summary>
    public string LastLine => Out.TrimEnd('\n').Split('\n')[^1];
}

/// <summary>An empty folder with a state root of its own, in which the real tool is started as a user starts it.</summary>
internal sealed class Workshop : IDisposable
{
    private readonly string _temporary = Directory.CreateTempSubdirectory("sat-").FullName;

    /// <param name="name">Name of the folder that holds both; a plain one unless given.</param>
    public Workshop(string name = "shop")
    {
        Root = Path.Combine(_temporary, name);
        Directory.CreateDirectory(Folder);
    }

    /// <summary>Holds the working folder and the state root.</summary>
    public string Root { get; }

    /// <summary>The working folder.</summary>
    public string Folder => Path.Combine(Root, "work");

    /// <summary>The state root.</summary>
    public string Home => Path.Combine(Root, "home");

    /// <summary>How the tool is started; the tested one unless set.</summary>
    public IReadOnlyList<string> Program
    {
        get => field ?? TestedTool.Program;
        set;
    }

    /// <summary>Variables for the tool.</summary>
    public Dictionary<string, string?> Variables { get; } = new() { ["SAT_CALIBRATE"] = "0" };

    /// <summary>Lets the tool hear every signal, even when these tests run in the background of a shell, which ignores Ctrl-C for its
    /// children.</summary>
    public Workshop HearingSignals()
    {
        if (OperatingSystem.IsLinux())
            Program = ["env", "--default-signal=INT,TERM,HUP", .. Program];
        return this;
    }

    /// <summary>Writes <c>photos/cat</c> and <c>photos/dog</c>, each with so many images of 8 x 8 pixels.</summary>
    public void WritePhotos(int each)
    {
        for (var i = 0; i < 2 * each; i++)
        {
            var pixels = Enumerable.Range(0, 8 * 8 * 3).Select(p => (p * (i % 2 + 1) + i) % 256);
            Write($"photos/{(i % 2 == 0 ? "cat" : "dog")}/{i}.ppm", $"P3 8 8 255 {string.Join(' ', pixels)}\n");
        }
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A study on shapes so small that a run takes a second.</summary>
    public string WriteStudy(string matrix, string name = "tiny", string training = "epochs: 1, batch-size: 32") =>
        Write(
            $"{name}.yaml",
            $$"""
            name: {{name}}
            defaults:
              dataset: { id: shapes, train-samples: 64, test-samples: 32 }
              model: { id: small-conv, width: 4 }
              method: { id: erm }
              training: { {{training}} }
            matrix:
            {{string.Join('\n', matrix.Split('\n').Select(l => "  " + l))}}
            """
        );

    /// <summary>Starts the tool and waits for its end.</summary>
    public async Task<Outcome> Sat(params string[] arguments)
    {
        using var process = Start(arguments);
        return await End(process);
    }

    /// <summary>Starts the tool.</summary>
    public Process Start(params string[] arguments) => Start([.. Program, .. arguments], Folder);

    /// <summary>Starts any program.</summary>
    public Process Start(IReadOnlyList<string> command, string folder, bool redirectInput = false)
    {
        var start = Command(command, folder);
        start.RedirectStandardInput = redirectInput;
        return Process.Start(start)!;
    }

    /// <summary>How a program is started here.</summary>
    public ProcessStartInfo Command(IReadOnlyList<string> command, string folder)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["SAT_HOME"] = Home;
        StartCost.Lower(start.Environment);
        // Of the build that runs these tests; a user has none of them.
        foreach (
            var name in start
                .Environment.Keys.Where(k =>
                    k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)
                    || k is "SAT_LIBTORCH" or "SAT_DATA" or "SAT_TEST_PACKED"
                    || k.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase)
                )
                .ToArray()
        )
            start.Environment.Remove(name);
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>Waits for a program's end.</summary>
    public static async Task<Outcome> End(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, await output, await error);
    }

    /// <summary>The plan of an output folder.</summary>
    public Plan Plan(string folder) =>
        Records.Plans.Plan.Read(Path.Combine(Folder, folder)) ?? throw new AssertFailedException($"no plan in {folder}");

    /// <summary>The folder of a plan's run.</summary>
    public RunFolder Run(string folder, string id) => RunFolder.For(Path.Combine(Folder, folder), id);

    public void Dispose() => Directory.Delete(_temporary, recursive: true);
}
