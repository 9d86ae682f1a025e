using Sat.Hosting;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Json;
using Sat.Records.Runs;

// Run by the build of each plugin: sat-plugin.json is what the plugin itself registers, so the two cannot disagree.
if (args is not [var assembly, var package, var version])
{
    Console.Error.WriteLine("usage: Sat.ManifestWriter ASSEMBLY PACKAGE VERSION");
    return ExitCode.Planning;
}
try
{
    var path = Path.GetFullPath(assembly);
    var manifest = new PluginManifest
    {
        Package = package,
        Version = version,
        Assembly = Path.GetFileName(path),
        Contract = Contract.VersionOf(path),
        Components = PluginAssembly.Load(path).Components,
    };
    AtomicFile.WriteText(Path.Combine(Path.GetDirectoryName(path)!, PluginManifest.FileName), SatJson.WriteIndented(manifest));
    return ExitCode.Fine;
}
catch (SatException e)
{
    // The form that MSBuild takes for an error.
    Console.Error.WriteLine($"{package} : error SAT0001: {e.Message}");
    return e.ExitCode;
}
