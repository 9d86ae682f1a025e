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
        var command = new ToolCommand("init", "Write a commented study file to start from.", "init", "init label-noise.yaml")
        {
            file,
            force,
        };
        command.SetAction(parsed =>
        {
            StudyFile.Write(parsed.GetValue(file)!, parsed.GetValue(force), path =>
                Resource("init.yaml").Replace("NAME", Slug(Path.GetFileNameWithoutExtension(path)), StringComparison.Ordinal)
            );
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
        var slug = string.Join(
            '-',
            new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(
                ' ',
                StringSplitOptions.RemoveEmptyEntries
            )
        );
        return slug.Length > 0 ? slug : "study";
    }
}
