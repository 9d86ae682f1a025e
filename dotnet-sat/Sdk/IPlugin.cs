namespace Sat.Sdk;

/// <summary>The one door of a plugin: a public class with a constructor without parameters. One per assembly.</summary>
public interface IPlugin
{
    /// <summary>
    /// Adds the plugin's components. Called once a process, and once when the plugin is built (to write its manifest):
    /// it must do nothing else, and touch no tensor.
    /// </summary>
    void Register(IPluginRegistry registry);
}
