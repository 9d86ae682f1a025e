using System.Text.Json;
using Sat.Publishing.Descriptions;
using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Tool.Processes;

/// <summary>Asks a person at a terminal, once for each output folder, what only authors know of their results.</summary>
internal static class AskedPublication
{
    private const string FileName = "about.yaml";

    /// <summary>The publication file of an output folder: the one that lies there, or one that is written from answers.</summary>
    /// <param name="output">The folder.</param>
    /// <exception cref="SatException">There is none, and nobody can be asked or nothing was answered (exit code 2).</exception>
    public static string Ask(string output)
    {
        var file = Path.Combine(output, FileName);
        if (File.Exists(file))
            return file;
        if (Console.IsInputRedirected || !Directory.Exists(output))
            throw new SatException(
                ExitCode.Planning,
                $"publishing needs to know whose results these are: write a file such as {FileName} and add '--about {FileName}'. It says\n\n{Publication.Example}\n"
            );
        Console.Error.WriteLine($"Whose results are these? The answers are kept in {file}, and you can edit them there.");
        var text = string.Join(
            '\n',
            $"title: {Answer("Title", null, Any)}",
            $"licence: {Answer("Licence, an SPDX identifier", "CC-BY-4.0", PublicationRules.IsLicence)}",
            "authors:",
            $"  - given-names: {Answer("Your given names", null, Any)}",
            $"    family-names: {Answer("Your family names", null, Any)}"
        );
        if (Answer("ORCID, or nothing", "", t => t.Length == 0 || PublicationRules.IsOrcid(t)) is { Length: > 2 } orcid)
            text += $"\n    orcid: {orcid}";
        if (Answer("Affiliation, or nothing", "", _ => true) is { Length: > 2 } affiliation)
            text += $"\n    affiliation: {affiliation}";
        text += "\n";
        Publication.Parse(text, file);
        AtomicFile.WriteText(file, text);
        return file;
    }

    private static bool Any(string text) => text.Length > 0;

    /// <summary>Asks until there is an answer that will do.</summary>
    /// <returns>The answer as a text of YAML, in quotes.</returns>
    private static string Answer(string question, string? otherwise, Func<string, bool> isGood)
    {
        while (true)
        {
            Console.Error.Write(otherwise is { Length: > 0 } ? $"{question} [{otherwise}]: " : $"{question}: ");
            var line = Console.ReadLine()?.Trim()
                ?? throw new SatException(
                    ExitCode.Planning,
                    $"the question was not answered, and nothing was published: answer it, or add '--about {FileName}'."
                );
            var answer = line.Length == 0 && otherwise is not null ? otherwise : line;
            if (isGood(answer))
                return JsonSerializer.Serialize(answer);
            Console.Error.WriteLine(answer.Length == 0 ? "This is needed." : $"'{VisibleText.Line(answer)}' is none.");
        }
    }
}
