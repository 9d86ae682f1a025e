using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Sat.Engine.Tests;

/// <summary>A call in an assembly's code.</summary>
/// <param name="Namespace">Of the caller.</param>
/// <param name="Caller">As in <c>Type.Method</c>: the method as it is written, also for what the compiler makes of its lambdas.</param>
/// <param name="Callee">As in <c>Type.Method</c>, without namespace.</param>
/// <param name="Before">The names of the instructions before it, the nearest first.</param>
readonly record struct Call(string Namespace, string Caller, string Callee, IReadOnlyList<string> Before);

/// <summary>Reads the calls of an assembly from its instructions, without loading it.</summary>
static class Calls
{
    private const int Remembered = 4;

    private static readonly FrozenDictionary<ushort, OpCode> OpCodes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToFrozenDictionary(c => (ushort)c.Value);

    public static IReadOnlyList<Call> Of(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var calls = new List<Call>();
        foreach (var handle in metadata.MethodDefinitions)
        {
            var method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0)
                continue;
            var (@namespace, type) = Written(metadata, method.GetDeclaringType());
            var caller = $"{type}.{WrittenName(metadata, method)}";
            calls.AddRange(
                In(metadata, file.GetMethodBody(method.RelativeVirtualAddress).GetILReader())
                    .Select(c => new Call(@namespace, caller, c.Callee, c.Before))
            );
        }
        return calls;
    }

    private static IEnumerable<(string Callee, IReadOnlyList<string> Before)> In(MetadataReader metadata, BlobReader code)
    {
        var calls = new List<(string, IReadOnlyList<string>)>();
        var before = new List<string>();
        while (code.RemainingBytes > 0)
        {
            ushort value = code.ReadByte();
            if (value == 0xFE)
                value = (ushort)((value << 8) | code.ReadByte());
            var instruction = OpCodes[value];
            if (instruction.OperandType is OperandType.InlineMethod or OperandType.InlineTok)
            {
                if (Name(metadata, MetadataTokens.EntityHandle(code.ReadInt32())) is { } callee)
                    calls.Add((callee, before.ToArray()));
            }
            else
            {
                var size = instruction.OperandType == OperandType.InlineSwitch ? 4 * code.ReadInt32() : Size(instruction.OperandType);
                code.Offset += size;
            }
            before.Insert(0, instruction.Name!);
            if (before.Count > Remembered)
                before.RemoveAt(Remembered);
        }
        return calls;
    }

    private static int Size(OperandType operand) =>
        operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            _ => 4,
        };

    private static string? Name(MetadataReader metadata, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodSpecification:
                return Name(metadata, metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method);
            case HandleKind.MemberReference:
                var member = metadata.GetMemberReference((MemberReferenceHandle)handle);
                var parent =
                    member.Parent.Kind == HandleKind.TypeReference
                        ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name)
                        : "";
                return $"{parent}.{metadata.GetString(member.Name)}";
            case HandleKind.MethodDefinition:
                var method = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                return $"{metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name)}.{metadata.GetString(method.Name)}";
            default:
                return null;
        }
    }

    /// <summary>The outermost type.</summary>
    private static (string Namespace, string Name) Written(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer && name.StartsWith('<') ? Written(metadata, outer)
            : type.GetDeclaringType() is { IsNil: false } around ? (Written(metadata, around).Namespace, name)
            : (metadata.GetString(type.Namespace), name);
    }

    /// <summary>Of <c>&lt;Measure&gt;b__9_0</c>, and of the type of an iterator: <c>Measure</c>.</summary>
    private static string WrittenName(MetadataReader metadata, MethodDefinition method)
    {
        var name = metadata.GetString(method.Name);
        var type = metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name);
        return Between(name) ?? Between(type) ?? name;
    }

    private static string? Between(string name) =>
        name.StartsWith('<') && name.IndexOf('>', StringComparison.Ordinal) is > 1 and var end ? name[1..end] : null;
}
