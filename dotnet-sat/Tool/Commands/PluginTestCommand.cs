using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sat.Records;
using Sat.Sdk.Testing;
using Sat.Tool.Processes;

namespace Sat.Tool.Commands;

/// <summary><c>plugin test</c>: what the suites for authors check, of a plugin that was built anywhere.</summary>
internal static partial class PluginTestCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("PATH") { Description = "The folder that the plugin was built or published into" };
        var set = new Option<string[]>("--set")
        {
            Description =
                "Give an option that a component cannot do without, such as method/mine.teacher=weights.safetensors; may be repeated",
            HelpName = "COMPONENT.OPTION=VALUE",
            DefaultValueFactory = _ => [],
        };
        var command = new ToolCommand(
            "test",
            "Check that a plugin's components keep the promises of the contracts: they learn, resume to the bit, leak nothing, depend on the seed alone. "
                + "Takes some seconds for each component. Exits with 4 if one does not hold.",
            "plugin test ./bin/Debug/net10.0"
        )
        {
            folder,
            set,
        };
        command.SetAction(parsed => Run(parsed.GetValue(folder)!, Options(parsed.GetValue(set)!)));
        return command;
    }

    private static int Run(string folder, Dictionary<string, JsonObject> options)
    {
        if (!Directory.Exists(folder))
            throw new SatException(
                ExitCode.Planning,
                $"there is no folder {folder}: give the folder that the plugin was built or published into"
            );
        InstalledTool.IsThisProcess([.. Directory.GetDirectories(ToolInfo.BuiltInPlugins).Order(StringComparer.Ordinal)]);
        using var watch = new ExitWatch("it was loaded");
        var plugin = PluginUnderTest.From(folder);
        foreach (var unknown in options.Keys.Except(plugin.Manifest.Components.Select(c => c.Name)))
            throw new SatException(
                ExitCode.Planning,
                $"--set: the plugin has no {unknown}, only {string.Join(", ", plugin.Manifest.Components.Select(c => c.Name))}"
            );
        var (passed, failed) = (0, 0);
        var component = "";
        var known = new Dictionary<(string Component, string Failure), string>();
        foreach (var check in ConformanceChecks.For(plugin, options))
        {
            watch.During($"'{check.Promise}' was checked");
            if (check.Component != component)
                Console.Out.WriteLine(component = check.Component);
            if (Failure(check) is { } failure)
            {
                failed++;
                Console.Out.WriteLine($"  FAILED  {check.Promise}");
                // What fails always fails every check: to read it once is enough.
                var isNew = known.TryAdd((component, failure), check.Promise);
                foreach (var line in isNew ? failure.Split('\n') : [$"as '{known[(component, failure)]}' does"])
                    Console.Out.WriteLine($"          {line}");
            }
            else
            {
                passed++;
                Console.Out.WriteLine($"  holds   {check.Promise}");
            }
        }
        Console.Out.WriteLine($"{passed} hold, {failed} failed");
        return failed == 0 ? ExitCode.Fine : ExitCode.GateNotMet;
    }

    /// <summary>Why a promise does not hold; null: it does. Whatever a plugin throws is the plugin's.</summary>
    private static string? Failure(ConformanceCheck check)
    {
        try
        {
            check.Run();
            return null;
        }
        catch (ConformanceException e)
        {
            return Lines(e.Message);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Lines($"{e.GetType().Name}: {e.Message}");
        }

        static string Lines(string message) =>
            string.Join('\n', message.TrimEnd().Split('\n').Select(l => VisibleText.Escape(l.TrimEnd('\r'))));
    }

    /// <summary>Component to option to value, as a study would give them.</summary>
    private static Dictionary<string, JsonObject> Options(IEnumerable<string> given)
    {
        var options = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var setting in given)
        {
            if (Setting().Match(setting) is not { Success: true } parts)
                throw new SatException(
                    ExitCode.Planning,
                    $"--set: '{setting}' is not COMPONENT.OPTION=VALUE, such as method/mine.share=0.5"
                );
            var value = parts.Groups["value"].Value;
            JsonNode? node;
            try
            {
                node = JsonNode.Parse(value);
            }
            catch (JsonException)
            {
                node = value;
            }
            if (!options.TryGetValue(parts.Groups["component"].Value, out var own))
                options[parts.Groups["component"].Value] = own = [];
            own[parts.Groups["option"].Value] = node;
        }
        return options;
    }

    [GeneratedRegex(
        @"^(?<component>[a-z]+/[a-z0-9-]+)\.(?<option>[a-z0-9-]+)=(?<value>.*)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Setting();
}
