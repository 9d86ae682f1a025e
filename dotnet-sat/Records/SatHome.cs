namespace Sat.Records;

/// <summary>The tool's state root: <c>SAT_HOME</c>, or the platform's folder for application data.</summary>
/// <param name="Root">Absolute path; need not exist yet.</param>
public sealed record SatHome(string Root)
{
    /// <summary>Finds the state root from the environment.</summary>
    public static SatHome FromEnvironment()
    {
        var configured = Environment.GetEnvironmentVariable("SAT_HOME");
        return new SatHome(Path.GetFullPath(string.IsNullOrEmpty(configured)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "dotnet-sat")
            : configured));
    }

    /// <summary>Installed plugins, a folder a package.</summary>
    public string Plugins => Path.Combine(Root, "plugins");

    /// <summary>Data, a folder a dataset id.</summary>
    public string Data => Path.Combine(Root, "data");
}
