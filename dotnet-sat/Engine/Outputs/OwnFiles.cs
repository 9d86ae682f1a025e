using System.Text.RegularExpressions;
using Sat.Records;
using Sat.Records.Figures;
using Sat.Records.Json;
using Sat.Records.Runs;
using Sat.Sdk;

namespace Sat.Engine.Outputs;

/// <summary>The files and figures that a component leaves in its run's folder.</summary>
/// <param name="lease">The right to write.</param>
/// <param name="who">The component, as <c>the method 'sat'</c>.</param>
/// <param name="path">The path of a file by its name.</param>
internal partial class OwnFiles(RunLease lease, string who, Func<string, string> path) : IRunFiles
{
    private const int LongestName = 64;

    /// <inheritdoc/>
    public void Write(string name, Action<Stream> write)
    {
        if (name.Length > LongestName || !FileName().IsMatch(name))
            throw Fail(
                $"names a file '{name}': use lower-case letters, digits and hyphens, and an extension, such as robust.npy, at most {LongestName} characters"
            );
        lease.Write(path(name), write);
    }

    /// <inheritdoc/>
    public void Draw(string name, Figure figure)
    {
        if (name.Length > LongestName || !FigureName().IsMatch(name))
            throw Fail($"names a figure '{name}': use lower-case letters, digits and hyphens, at most {LongestName} characters");
        if (figure.Problem() is { } problem)
            throw Fail($"leaves a figure '{name}' that {problem}");
        lease.WriteText(lease.Folder.FigureFile(name), SatJson.WriteIndented(figure));
    }

    private SatException Fail(string what) => new(ExitCode.RunFailed, $"{who} {what}");

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileName();

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FigureName();
}
