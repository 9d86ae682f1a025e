using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Sat.Records.Options;

/// <summary>
/// The options records of all loaded assemblies. A source generator, which comes with the package Sat.Sdk, reads each record when its
/// assembly is built, and writes the code that adds it here when the assembly is loaded.
/// </summary>
public static class OptionRecords
{
    static OptionRecords() => Add<NoOptions>(() => [], _ => new NoOptions());

    /// <summary>Adds a record; called by what the generator writes.</summary>
    /// <param name="schemas">The schemas of its options, with the defaults of a new record.</param>
    /// <param name="create">Makes a record from resolved options.</param>
    public static void Add<T>(Func<IReadOnlyList<OptionSchema>> schemas, Func<JsonObject, T> create)
        where T : class => Slot<T>.Record = new OptionRecord<T>(schemas, create);

    /// <summary>What is known of a record.</summary>
    /// <exception cref="InvalidOperationException">It was built without the generator.</exception>
    public static OptionRecord<T> For<T>()
        where T : class
    {
        // The module of a record that no code of was needed so far has not been initialized.
        if (Slot<T>.Record is null)
            RuntimeHelpers.RunModuleConstructor(typeof(T).Module.ModuleHandle);
        return Slot<T>.Record
            ?? throw new InvalidOperationException(
                $"nothing is known of the options of {typeof(T).Name}: build {typeof(T).Assembly.GetName().Name} with the package Sat.Sdk, and give a component without options {nameof(NoOptions)}"
            );
    }

    private static class Slot<T>
        where T : class
    {
        public static OptionRecord<T>? Record { get; set; }
    }
}
