using System.Reflection;
using Sat.Records;

namespace Sat.Tool.Processes;

/// <summary>What the tool knows of itself.</summary>
internal static class ToolInfo
{
    /// <summary>Version, with the commit it was built from where known: <c>0.1.0+2f902b33</c>.</summary>
    public static string Version { get; } =
        Short(typeof(ToolInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);

    /// <summary>The built-in plugins, loaded as anybody's are.</summary>
    public static string BuiltInPlugins => Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>True for the folder of a plugin of the tool's own.</summary>
    public static bool IsBuiltIn(string folder) =>
        Path.GetFullPath(folder).StartsWith(Path.GetFullPath(BuiltInPlugins) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Short(string version) =>
        version.Split('+') is [var number, { Length: > 12 } commit] ? $"{number}+{commit[..12]}" : version;

    /// <summary>How this very program is started again as a worker: under <c>dotnet run</c>, by <c>dotnet x.dll</c>, and as an installed
    /// tool.</summary>
    public static (string FileName, IReadOnlyList<string> Arguments) Self()
    {
        var program = Environment.ProcessPath
            ?? throw new SatException(ExitCode.Unexpected, "the system does not say which program this is");
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? (program, ["exec", typeof(ToolInfo).Assembly.Location])
            : (program, []);
    }
}
