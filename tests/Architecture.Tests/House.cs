using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Sat.Architecture.Tests;

/// <summary>The house as it was built: its assemblies, read and not loaded, and its sources.</summary>
static class House
{
    public static string Root { get; } = Places.Repository;

    /// <summary>The assemblies of the built-in plugins.</summary>
    public static IReadOnlyList<string> Plugins { get; } = ((string)AppContext.GetData("Sat.Tests.Plugins")!).Split(';');

    public static string BuiltFile(string project, string file) => Path.Combine(Places.Bin(project), file);

    /// <summary>The paths of all C# sources, tests included; templates are the sources of others, each in as few files as it can.</summary>
    public static IEnumerable<string> Sources() =>
        new[] { "dotnet-sat", "plugins", "reports", "benchmarks", "tests" }
            .Select(folder => Path.Combine(Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.StartsWith(Templates, StringComparison.Ordinal));

    private static string Templates => Path.Combine(Root, "dotnet-sat", "Packages", "Templates", "content");

    /// <summary>The assemblies that an assembly references.</summary>
    public static IReadOnlyList<string> References(string assembly) =>
        Read(assembly, metadata =>
            metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name)).ToArray()
        );

    /// <summary>The full names of its public types, nested ones left out.</summary>
    public static IReadOnlyList<string> PublicTypes(string assembly) =>
        Read(assembly, metadata =>
            metadata
                .TypeDefinitions.Select(metadata.GetTypeDefinition)
                .Where(t => (t.Attributes & System.Reflection.TypeAttributes.VisibilityMask) == System.Reflection.TypeAttributes.Public)
                .Select(t => $"{metadata.GetString(t.Namespace)}.{metadata.GetString(t.Name)}")
                .ToArray()
        );

    private static T Read<T>(string assembly, Func<MetadataReader, T> read)
    {
        using var pe = new PEReader(File.OpenRead(BuiltFile(assembly, assembly + ".dll")));
        return read(pe.GetMetadataReader());
    }
}
