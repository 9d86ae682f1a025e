using System.Text.Json;
using Sat.Records.Files;

namespace Sat.Records.Json;

/// <summary>Reads files of JSON, and says in plain words what is wrong with a damaged one.</summary>
public static class JsonFile
{
    /// <summary>Reads a document of the tool; null when there is no such file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="remedy">What to do when it is damaged: a sentence.</param>
    /// <exception cref="SatException">It is damaged, or cannot be read (exit code 5).</exception>
    public static T? Read<T>(string path, string remedy)
        where T : class
    {
        if (ReadBytes(path) is not { } bytes)
            return null;
        try
        {
            return SatJson.Read<T>(bytes);
        }
        catch (JsonException e)
        {
            throw Damaged(path, e, remedy);
        }
    }

    /// <summary>Reads a document of the tool that carries its own checksum (<see cref="SealedJson"/>); null when there is no such
    /// file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="remedy">What to do when it is damaged: a sentence.</param>
    /// <param name="schemaOf">The version of its layout; those before <paramref name="sealedSince"/> may lack a checksum.</param>
    /// <param name="sealedSince">The first version whose files all have one.</param>
    /// <param name="isSealed">True if it has one.</param>
    /// <exception cref="SatException">It is damaged, or cannot be read (exit code 5).</exception>
    public static T? ReadSealed<T>(string path, string remedy, Func<T, int> schemaOf, int sealedSince, out bool isSealed)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(schemaOf);
        isSealed = false;
        if (ReadBytes(path) is not { } bytes)
            return null;
        T document;
        try
        {
            document = SatJson.Read<T>(bytes);
        }
        catch (JsonException e)
        {
            throw Damaged(path, e, remedy);
        }
        var state = SealedJson.State(bytes);
        isSealed = state == SealState.Whole;
        if (isSealed || (state == SealState.Missing && schemaOf(document) < sealedSince))
            return document;
        var what =
            state == SealState.Missing
                ? "its checksum is missing"
                : "its content does not match its checksum: it was edited, or damaged since it was written";
        throw new SatException(ExitCode.Environment, $"the file is damaged: {what}. {remedy}", new SourceLocation(path))
        {
            IsDamage = true,
        };
    }

    /// <summary>The error of a damaged file, with its line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="error">What the parser found.</param>
    /// <param name="remedy">What to do: a sentence.</param>
    /// <param name="line">The line that was parsed, in a file of one document a line; null: the whole file was.</param>
    /// <param name="exitCode">The exit code.</param>
    public static SatException Damaged(
        string path,
        JsonException error,
        string remedy,
        int? line = null,
        int exitCode = ExitCode.Environment
    ) =>
        new(
            exitCode,
            $"the {(line is null ? "file" : "line")} is damaged: {Reason(error)}. {remedy}",
            new SourceLocation(path, line ?? (int)(error.LineNumber ?? 0) + 1),
            error
        )
        {
            IsDamage = true,
        };

    private static byte[]? ReadBytes(string path)
    {
        // Mostly it is not there where many are asked for, and an exception for each is dear.
        if (!Path.Exists(path))
            return null;
        try
        {
            return RegularFile.ReadAllBytes(path, share: FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var isIrregular = FileKind.Irregular(path) is not null;
            throw new SatException(ExitCode.Environment, isIrregular ? e.Message : $"{path} cannot be read: {e.Message}", inner: e)
            {
                IsDamage = isIrregular,
            };
        }
    }

    private static string Reason(JsonException error)
    {
        var message = error.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0].TrimEnd('.', ' ');
        if (message.Contains("any JSON tokens", StringComparison.Ordinal))
            return "it is empty";
        if (message.Contains("after a single JSON value", StringComparison.Ordinal))
            return "there is something after its end";
        if (
            message.Contains("end of data", StringComparison.Ordinal)
            || message.Contains("Expected depth to be zero", StringComparison.Ordinal)
        )
            return "it is cut off";
        if (
            message.Contains("invalid start", StringComparison.Ordinal)
            || message.Contains("invalid JSON literal", StringComparison.Ordinal)
            || message.Contains("invalid end", StringComparison.Ordinal)
        )
            return "it is not JSON";
        if (
            message.Contains("could not be converted", StringComparison.Ordinal)
            || message.Contains("null values", StringComparison.Ordinal)
        )
            return error.Path?.TrimStart('$', '.') is { Length: > 0 } path
                ? $"'{path}' has an invalid value"
                : "it is JSON of another kind";
        if (message.Contains("trailing comma", StringComparison.Ordinal))
            return "there is a comma too many, or something is missing behind one";
        return message.Split("including: ") is [_, var missing] ? $"it lacks {missing}" : message.Split('\n')[0];
    }
}
