using System.Text;
using Sat.Records;
using Sat.Tool.Files;

namespace Sat.Tool.Commands;

/// <summary>A study that the tool writes for its user to change.</summary>
internal static class StudyFile
{
    /// <summary>Writes it, prints its path, and says what comes next.</summary>
    /// <param name="file">The file, as it was named.</param>
    /// <param name="replace">True to replace one that is there.</param>
    /// <param name="text">Makes its text for a path.</param>
    /// <exception cref="SatException">There is one (exit code 2).</exception>
    public static void Write(string file, bool replace, Func<string, string> text)
    {
        var path = Path.GetFullPath(file);
        if (File.Exists(path) && !replace)
            throw new SatException(ExitCode.Planning, $"{path} exists already: name another file, or add --force to replace it");
        UserFile.Write(path, s => s.Write(Encoding.UTF8.GetBytes(text(path))));
        var name = Quoted(file);
        Console.Error.WriteLine($"Next: 'dotnet sat plan {name}' lists its runs, and 'dotnet sat sweep {name}' makes them.");
        Console.Out.WriteLine(path);
    }

    /// <summary>A name as one types it: in quotes where a shell would part it.</summary>
    private static string Quoted(string name) =>
        name.All(c => char.IsLetterOrDigit(c) || c is '/' or '\\' or '.' or '-' or '_' or ':') ? name : $"\"{name}\"";
}
