using System.Text;
using Mono.Cecil;

namespace Sat.Architecture.Tests;

/// <summary>
/// What a plugin can see of the records' room: the types that the contracts name, and those that these name. The contracts themselves
/// are listed in their PublicAPI files; the rest of the records may change freely.
/// </summary>
[TestClass]
public sealed class ContractSurfaceTests
{
    [TestMethod]
    public void What_the_contracts_show_of_the_records_is_as_promised()
    {
        using var contracts = Read("Sat.Sdk");
        using var records = Read("Sat.Records");
        var found = new SortedDictionary<string, TypeDefinition>(StringComparer.Ordinal);
        var open = new Queue<TypeReference>(contracts.MainModule.GetTypes().Where(IsVisible).SelectMany(Named));
        while (open.TryDequeue(out var type))
        {
            foreach (var part in Parts(type))
            {
                if (records.MainModule.GetType(part.FullName) is not { } definition || !found.TryAdd(definition.FullName, definition))
                    continue;
                foreach (var named in Named(definition))
                    open.Enqueue(named);
            }
        }
        var text = new StringBuilder();
        foreach (var type in found.Values)
        {
            text.Append(type.FullName).Append('\n');
            foreach (var member in Members(type).Select(m => m.FullName).Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
        }
        Assert.IsGreaterThan(3, found.Count);
        Verified.Check("Architecture.Tests", "records-seen-by-plugins.txt", text.ToString());
    }

    private static AssemblyDefinition Read(string assembly) =>
        AssemblyDefinition.ReadAssembly(House.BuiltFile(assembly, assembly + ".dll"));

    private static bool IsVisible(TypeDefinition type) =>
        type.IsPublic || (type.IsNestedPublic && IsVisible(type.DeclaringType)) || (type.IsNestedFamily && IsVisible(type.DeclaringType));

    /// <summary>The members that a plugin can call; accessors stand for their properties.</summary>
    private static IEnumerable<IMemberDefinition> Members(TypeDefinition type) =>
        type
            .Methods.Where(m => m.IsPublic || m.IsFamily)
            .Cast<IMemberDefinition>()
            .Concat(type.Fields.Where(f => f.IsPublic && !f.IsSpecialName));

    /// <summary>All types that a type's visible surface names.</summary>
    private static IEnumerable<TypeReference> Named(TypeDefinition type)
    {
        if (type.BaseType is not null)
            yield return type.BaseType;
        foreach (var contract in type.Interfaces)
            yield return contract.InterfaceType;
        foreach (var member in Members(type))
        {
            if (member is FieldDefinition field)
                yield return field.FieldType;
            if (member is not MethodDefinition method)
                continue;
            yield return method.ReturnType;
            foreach (var parameter in method.Parameters)
                yield return parameter.ParameterType;
        }
    }

    /// <summary>A type and what it is made of: elements of arrays, arguments of generic types.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) =>
        type switch
        {
            GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Prepend(generic.ElementType),
            TypeSpecification specification => Parts(specification.ElementType),
            _ => [type],
        };
}
