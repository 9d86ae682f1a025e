using System.Diagnostics;
using System.Text.Json.Nodes;
using Sat.Engine.Interop;

namespace Sat.Sdk.Testing;

/// <summary>The tool that plugins are written for: a plugin under test computes with its libtorch and beside its own plugins.</summary>
internal static class InstalledTool
{
    /// <summary>The command that starts the tool, if it is not <c>dotnet sat</c>.</summary>
    public const string Variable = "SAT_TOOL";

    private const string Command = "dotnet sat";

    private static readonly Lazy<IReadOnlyList<string>> Found = new(() => _own ?? Find());
    private static IReadOnlyList<string>? _own;

    /// <summary>Folders of the plugins that the tool has by itself.</summary>
    public static IReadOnlyList<string> Plugins => Found.Value;

    /// <summary>This process is the tool: nobody is asked.</summary>
    /// <param name="plugins">Folders of its plugins.</param>
    public static void IsThisProcess(IReadOnlyList<string> plugins) => _own = plugins;

    /// <summary>Loads the tool's libtorch, once.</summary>
    public static void LoadLibTorch()
    {
        _ = Found.Value;
        LibTorch.Load();
    }

    private static string[] Find()
    {
        // Whoever names a libtorch means that one.
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(LibTorch.Variable)))
        {
            var backends = Ask("backend", "list", "--json");
            var chosen = (string?)backends["chosen"];
            var folder = (string?)backends["backends"]?.AsArray().FirstOrDefault(b => (string?)b!["name"] == chosen)?["folder"];
            Environment.SetEnvironmentVariable(LibTorch.Variable, folder);
        }
        return
        [
            .. Ask("plugin", "list", "--json")
                .AsArray()
                .Where(c => (bool?)c!["built-in"] == true)
                .Select(c => (string)c!["folder"]!)
                .Distinct(),
        ];
    }

    private static JsonNode Ask(params string[] arguments)
    {
        string[] command = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? [named] : Command.Split(' ');
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
                return JsonNode.Parse(output)!;
            throw Missing($"it ended with exit code {process.ExitCode}: {error.Result.Trim()}");
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or System.Text.Json.JsonException)
        {
            throw Missing(e.Message);
        }
    }

    private static ConformanceException Missing(string why) =>
        new(
            $"plugins are tested with the tool's own libtorch and plugins, but '{Command}' does not answer ({why}). "
                + $"Install it with 'dotnet tool install --global dotnet-sat', or name its program in {Variable}."
        );
}
