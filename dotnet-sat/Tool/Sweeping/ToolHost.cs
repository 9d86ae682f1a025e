using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sat.Engine;
using Sat.Hosting;
using Sat.Records;
using Sat.Sweeps.Studies;
using Sat.Tool.Processes;

namespace Sat.Tool.Sweeping;

/// <summary>The services of the commands that need any; help and version build none.</summary>
internal static class ToolHost
{
    /// <summary>Builds the services.</summary>
    /// <param name="plugins">Plugin folders for this one call.</param>
    /// <param name="study">Names the versions of plugins that it needs; null: the newest ones are used.</param>
    public static IHost Build(IReadOnlyList<string>? plugins = null, Study? study = null) =>
        Build(plugins, [.. (study?.Plugins ?? []).Where(p => p.Version is not null).Select(p => new PluginVersion(p.Id, p.Version!))]);

    /// <summary>Builds the services.</summary>
    /// <param name="plugins">Plugin folders for this one call.</param>
    /// <param name="versions">Versions of packages to use, where they are installed.</param>
    public static IHost Build(IReadOnlyList<string>? plugins, IReadOnlyCollection<PluginVersion> versions) =>
        Build(home => Discover([ToolInfo.BuiltInPlugins, home.Plugins], plugins ?? [], versions));

    /// <summary>Builds the services of a worker. It gets the plugins that its sweep planned with, whatever was installed since.</summary>
    /// <param name="plugins">Their folders, but for those of the tool's own.</param>
    public static IHost BuildWith(IReadOnlyList<string> plugins) => Build(_ => Discover([ToolInfo.BuiltInPlugins], plugins, []));

    private static IHost Build(Func<SatHome, PluginHost> discover)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton(SatHome.FromEnvironment());
        builder.Services.AddSingleton<PluginStore>();
        builder.Services.AddSingleton(services => discover(services.GetRequiredService<SatHome>()));
        builder.Services.AddSingleton(services => services.GetRequiredService<PluginHost>().Catalog);
        builder.Services.AddSingleton(services => new RunWorker(services.GetRequiredService<PluginHost>()));
        return builder.Build();
    }

    private static PluginHost Discover(string[] roots, IReadOnlyList<string> plugins, IReadOnlyCollection<PluginVersion> versions)
    {
        var host = PluginHost.Discover(roots, plugins, versions);
        foreach (var problem in host.Problems)
            Console.Error.WriteLine($"warning: {VisibleText.Message(problem.Message)}");
        return host;
    }
}
