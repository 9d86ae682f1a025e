using System.Runtime.CompilerServices;

namespace Sat.Records.Options;

/// <summary>
/// The options records of all loaded assemblies. A source generator, which comes with the package Sat.Sdk, reads each record when its
/// assembly is built, and writes the code that adds it here when the assembly is loaded.
/// </summary>
public static class OptionRecords
{
    static OptionRecords() => Add(static () => new OptionRecord<NoOptions>(() => [], _ => new NoOptions()));

    /// <summary>Adds a record; called by what the generator writes, wherever its assembly is loaded. What is known of the record is made
    /// when it is asked for: help and completion must not load what reads JSON.</summary>
    /// <param name="make">Tells what the build knows of the record.</param>
    public static void Add<T>(Func<OptionRecord<T>> make)
        where T : class => Slot<T>.Make = make;

    /// <summary>What is known of a record.</summary>
    /// <exception cref="InvalidOperationException">It was built without the generator.</exception>
    public static OptionRecord<T> For<T>()
        where T : class
    {
        // The module of a record that no code of was needed so far has not been initialized.
        if (Slot<T>.Make is null)
            RuntimeHelpers.RunModuleConstructor(typeof(T).Module.ModuleHandle);
        return Slot<T>.Make?.Invoke()
            ?? throw new InvalidOperationException(
                $"nothing is known of the options of {typeof(T).Name}: build {typeof(T).Assembly.GetName().Name} with the package Sat.Sdk, and give a component without options {nameof(NoOptions)}"
            );
    }

    private static class Slot<T>
        where T : class
    {
        public static Func<OptionRecord<T>>? Make { get; set; }
    }
}
