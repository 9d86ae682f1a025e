using System.Diagnostics;
using Mono.Cecil;

namespace Sat.Native;

/// <summary>
/// Makes TorchSharp hold on to its arguments for as long as a native call lasts.
/// <para>Its methods read an argument's handle, call libtorch, and never touch the argument again. In optimized code the argument is
/// garbage from then on: a collection during the call runs its finalizer, and libtorch works on freed memory. Numbers are the worst case,
/// since <c>tensor.add_(0.1)</c> makes a <c>Scalar</c> that nobody else holds. In code that is not optimized an argument lives until the
/// method returns, so the assembly is marked as one that the runtime must not optimize. Its methods only pass calls on.</para>
/// </summary>
public static class KeptArguments
{
    /// <summary>Writes the assembly with another <c>DebuggableAttribute</c>; its code and its identity stay as they are.</summary>
    /// <exception cref="InvalidDataException">It is not an assembly, or has no such attribute.</exception>
    public static byte[] Keep(byte[] assembly)
    {
        try
        {
            using var source = AssemblyDefinition.ReadAssembly(new MemoryStream(assembly));
            var debuggable = source.CustomAttributes.SingleOrDefault(a => a.AttributeType.FullName == typeof(DebuggableAttribute).FullName)
                ?? throw new InvalidDataException("Expected an assembly with a DebuggableAttribute.");
            if (debuggable.ConstructorArguments is not [{ Value: int modes } argument])
                throw new InvalidDataException("Expected a DebuggableAttribute with one argument.");
            debuggable.ConstructorArguments[0] = new CustomAttributeArgument(
                argument.Type,
                // The runtime looks at the second only where the first is set.
                modes | (int)(DebuggableAttribute.DebuggingModes.Default | DebuggableAttribute.DebuggingModes.DisableOptimizations)
            );
            using var kept = new MemoryStream();
            // The time that it was made at is otherwise part of it: the same package makes the same file.
            source.Write(kept, new WriterParameters { Timestamp = 0 });
            return kept.ToArray();
        }
        catch (Exception exception) when (exception is BadImageFormatException or EndOfStreamException)
        {
            throw new InvalidDataException($"Expected an assembly: {exception.Message}", exception);
        }
    }
}
