using System.Reflection;
using TorchSharp;

namespace Sat.Engine.Interop;

/// <summary>The TorchSharp of this program.</summary>
public static class TorchSharpBuild
{
    /// <summary>Its version.</summary>
    public static string Version =>
        typeof(torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? typeof(torch).Assembly.GetName().Version!.ToString();
}
