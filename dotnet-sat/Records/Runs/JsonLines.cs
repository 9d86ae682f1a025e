using System.Text.Json;
using Sat.Records.Files;
using Sat.Records.Json;

namespace Sat.Records.Runs;

/// <summary>Files of one JSON document a line, appended to.</summary>
public static class JsonLines
{
    /// <summary>Every whole line of the file; a last line without its line break was cut off and is left out. A missing file has
    /// none.</summary>
    /// <exception cref="SatException">The file, or a whole line of it, cannot be read (exit code 5).</exception>
    public static IReadOnlyList<T> Read<T>(string path)
    {
        if (!File.Exists(path))
            return [];
        var lines = Text(path).Split('\n');
        var rows = new List<T>(lines.Length);
        for (var i = 0; i < lines.Length - 1; i++)
        {
            try
            {
                rows.Add(SatJson.Read<T>(lines[i]));
            }
            catch (JsonException e)
            {
                throw JsonFile.Damaged(path, e, "Move its folder away and make the run again.", i + 1);
            }
        }
        return rows;
    }

    private static string Text(string path)
    {
        try
        {
            return RegularFile.ReadAllText(path, RegularFile.MostOfDocument, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SatException(ExitCode.Environment, $"{path} cannot be read: {e.Message}", inner: e);
        }
    }
}
