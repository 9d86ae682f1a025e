using System.Runtime.Loader;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Json;
using Sat.Records.Specs;
using Sat.Sdk;

namespace Sat.Hosting.Tests;

[TestClass]
public class LoadingTests
{
    [TestMethod]
    [DataRow("Stranger", "stranger.smoothing", "method/label-smoothing")]
    [DataRow("NeedsPackage", "stranger.needs-package", "schedule/written")]
    public void The_manifest_that_the_build_wrote_is_what_the_plugin_registers(string project, string package, string component)
    {
        using var folder = new TemporaryFolder();
        BuiltPlugin.CopyTo(folder.Path, project);
        var manifest = PluginManifest.Read(folder.Path);
        Assert.AreEqual(package, manifest.Package);
        Assert.AreEqual(Contract.Version, manifest.Contract);
        Assert.AreEqual(component, manifest.Components.Single().Name);
        Assert.AreEqual(SatJson.Write(PluginAssembly.Load(folder.At(manifest.Assembly)).Components), SatJson.Write(manifest.Components));
    }

    [TestMethod]
    public void A_strangers_folder_carries_nothing_that_the_host_provides()
    {
        foreach (var own in new[] { "Sat.Sdk.dll", "Sat.Records.dll", "TorchSharp.dll", "libLibTorchSharp.so" })
            Assert.IsEmpty(Directory.GetFiles(Places.Bin("Stranger"), own, SearchOption.AllDirectories), own);
        Assert.IsTrue(File.Exists(Path.Combine(Places.Bin("NeedsPackage"), "YamlDotNet.dll")), "its own library comes along");
    }

    [TestMethod]
    public void What_a_plugin_makes_is_of_the_hosts_own_types_and_its_library_its_own()
    {
        using var folder = new TemporaryFolder();
        BuiltPlugin.CopyTo(folder.Path, "NeedsPackage");
        var host = PluginHost.Discover(roots: [], plugins: [folder.Path]);
        var schedule = host.CreateSchedule(
            new ComponentSpec
            {
                Id = "written",
                Options = new() { ["factors"] = "[1, 0.5, 0.25]" },
            }
        );
        Assert.AreEqual("NeedsPackage", schedule.GetType().Assembly.GetName().Name);
        Assert.AreEqual(0.5, schedule.Factor(new TrainingTime(1, 9, 0, 10)));
        Assert.AreEqual(0.25, schedule.Factor(new TrainingTime(8, 9, 0, 10)));
        Assert.AreSame(typeof(ISchedule).Assembly, schedule.GetType().GetInterface(nameof(ISchedule))!.Assembly);
        var library = AssemblyLoadContext
            .GetLoadContext(schedule.GetType().Assembly)!
            .Assemblies.Single(a => a.GetName().Name == "YamlDotNet");
        Assert.AreEqual(new Version(13, 0, 0, 0), library.GetName().Version);
        Assert.AreEqual(new Version(18, 0, 0, 0), typeof(YamlDotNet.Core.IParser).Assembly.GetName().Version, "the host's own");
    }

    [TestMethod]
    [DataRow("ThrowsInRegister", "failed to load: InvalidOperationException: the stars are wrong")]
    [DataRow("ThrowsInConstructor", "failed to load: InvalidOperationException: the moon is full")]
    [DataRow("TwoPlugins", "must have one public class that implements IPlugin; it has TwoPlugins.First, TwoPlugins.Second.")]
    [DataRow("NoPlugin", "must have one public class that implements IPlugin; it has none.")]
    [DataRow("DuplicateId", "schedule/flat is registered twice")]
    [DataRow("ReservedOption", "an option 'id', which means something else in a study")]
    public void A_plugin_that_errs_is_refused_with_its_file_and_its_error(string project, string reason)
    {
        using var folder = new TemporaryFolder();
        BuiltPlugin.CopyTo(folder.Path, project);
        var message = Refused.With(ExitCode.Environment, () => PluginAssembly.Load(folder.At(project + ".dll")));
        Assert.Contains(folder.At(project + ".dll"), message);
        Assert.Contains(reason, message);
    }

    [TestMethod]
    public void A_library_missing_from_the_folder_is_named_with_the_remedy()
    {
        using var folder = new TemporaryFolder();
        BuiltPlugin.CopyTo(folder.Path, "NeedsPackage");
        File.Delete(folder.At("YamlDotNet.dll"));
        var message = Refused.With(ExitCode.Environment, () => PluginAssembly.Load(folder.At("NeedsPackage.dll")));
        Assert.Contains(folder.At("NeedsPackage.dll"), message);
        Assert.Contains("it needs YamlDotNet", message);
        Assert.Contains("publish the plugin with its dependencies", message);
    }

    [TestMethod]
    [DataRow("Sat.Sdk")]
    [DataRow("Sat.Records")]
    [DataRow("TorchSharp")]
    public void A_folder_that_carries_the_hosts_own_assembly_is_refused(string own)
    {
        using var folder = new TemporaryFolder();
        BuiltPlugin.CopyTo(folder.Path, "Stranger");
        File.Copy(Path.Combine(AppContext.BaseDirectory, own + ".dll"), folder.At(own + ".dll"));
        Assert.AreEqual(
            $"the plugin's folder {folder.Path} contains {own}.dll, which the tool itself provides: "
                + "reference Sat.Sdk by its package, whose settings leave it out, and build the plugin again.",
            Refused.With(ExitCode.Environment, () => PluginAssembly.Load(folder.At("Stranger.dll")))
        );
    }

    [TestMethod]
    [DataRow(1, "Update dotnet-sat.")]
    [DataRow(-1, "Build the plugin against the current Sat.Sdk.")]
    public void A_plugin_of_another_contract_is_refused_before_it_is_loaded(int step, string remedy)
    {
        var other = Contract.Version + step;
        using var folder = new TemporaryFolder();
        BuiltPlugin.CopyTo(folder.Path, "Stranger");
        References.ChangeContract(folder.At("Stranger.dll"), (ushort)other);
        Assert.AreEqual(other, Contract.VersionOf(folder.At("Stranger.dll")));
        Assert.AreEqual(
            $"{folder.At("Stranger.dll")} was built for contract {other} of Sat.Sdk; this tool supports contract {Contract.Version}. {remedy}",
            Refused.With(ExitCode.Environment, () => PluginAssembly.Load(folder.At("Stranger.dll")))
        );
        Assert.DoesNotContain(
            folder.At("Stranger.dll"),
            AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic).Select(a => a.Location)
        );

        BuiltPlugin.ChangeManifest(folder.Path, m => m with { Contract = other });
        var message = Refused.With(ExitCode.Environment, () => PluginHost.Discover(roots: [], plugins: [folder.Path]));
        Assert.StartsWith($"the plugin stranger.smoothing in {folder.Path} was built for contract {other}", message);
        Assert.EndsWith(remedy, message);
    }

    [TestMethod]
    public void What_is_no_assembly_is_refused_whatever_it_is()
    {
        using var folder = new TemporaryFolder();
        folder.Write("text.dll", "I am a text.");
        folder.Write("empty.dll", "");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Sat.Sdk.dll"), folder.At("half.dll"));
        using (var half = File.OpenWrite(folder.At("half.dll")))
            half.SetLength(half.Length / 2);
        File.WriteAllBytes(folder.At("native.dll"), [0x7f, .. "ELF"u8, 2, 1, 1, .. new byte[2000]]);
        foreach (var name in new[] { "text.dll", "empty.dll", "half.dll", "native.dll" })
        {
            var message = Refused.With(ExitCode.Environment, () => PluginAssembly.Load(folder.At(name)));
            Assert.StartsWith($"{folder.At(name)} is not a .NET assembly, or damaged: build or install the plugin again.", message);
        }
        Assert.Contains(folder.At("missing.dll"), Refused.With(ExitCode.Environment, () => PluginAssembly.Load(folder.At("missing.dll"))));
    }

    [TestMethod]
    public void An_assembly_that_knows_no_contract_is_no_plugin()
    {
        using var folder = new TemporaryFolder();
        File.Copy(typeof(SatException).Assembly.Location, folder.At("Other.dll"));
        Assert.AreEqual(
            $"{folder.At("Other.dll")} does not reference Sat.Sdk, so it contains no plugin for dotnet-sat: build the plugin against the package Sat.Sdk.",
            Refused.With(ExitCode.Environment, () => PluginAssembly.Load(folder.At("Other.dll")))
        );
    }

    [TestMethod]
    public void A_manifest_that_disagrees_with_its_plugin_is_refused_when_a_component_is_made()
    {
        using var folder = new TemporaryFolder();
        BuiltPlugin.CopyTo(folder.Path, "NeedsPackage");
        BuiltPlugin.ChangeManifest(folder.Path, m => m with { Components = [.. m.Components, m.Components[0] with { Id = "promised" }] });
        var host = PluginHost.Discover(roots: [], plugins: [folder.Path]);
        Assert.AreEqual(
            $"{folder.At(PluginManifest.FileName)} does not list the components that NeedsPackage.dll registers: build the plugin again.",
            Refused.With(ExitCode.Environment, () => host.CreateSchedule(new ComponentSpec { Id = "written" }))
        );
    }
}
