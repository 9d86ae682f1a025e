using System.CommandLine;
using Sat.Records;

namespace Sat.Tool.Commands;

/// <summary><c>init</c>: a commented study to start from.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The study file to write", DefaultValueFactory = _ => "study.yaml" };
        var force = new Option<bool>("--force") { Description = "Replace the file if it exists" };
        var command = new ToolCommand("init", "Write a commented study file to start from.", "init", "init label-noise.yaml") { file, force };
        command.SetAction(parsed =>
        {
            var path = Path.GetFullPath(parsed.GetValue(file)!);
            if (File.Exists(path) && !parsed.GetValue(force))
                throw new SatException(ExitCode.Planning, $"{path} exists already: name another file, or add --force to replace it");
            var text = Resource("init.yaml").Replace("NAME", Slug(Path.GetFileNameWithoutExtension(path)), StringComparison.Ordinal);
            try
            {
                File.WriteAllText(path, text);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new SatException(ExitCode.Environment, $"cannot write {path}: {e.Message}", inner: e);
            }
            Console.Error.WriteLine($"Next: 'dotnet sat plan {parsed.GetValue(file)}' lists its runs, 'dotnet sat sweep {parsed.GetValue(file)}' makes them.");
            Console.Out.WriteLine(path);
            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>A text that the tool carries.</summary>
    public static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(InitCommand).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static string Slug(string name)
    {
        var slug = string.Join('-', new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length > 0 ? slug : "study";
    }
}
