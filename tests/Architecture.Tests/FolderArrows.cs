using Mono.Cecil;

namespace Sat.Architecture.Tests;

/// <summary>
/// Which folders of an assembly use which, by the namespaces of the types that their code names. Constants are not seen: the compiler
/// copies them.
/// </summary>
static class FolderArrows
{
    /// <summary>From each folder to those that it uses, with a type of each that shows it.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Of(string file)
    {
        using var module = ModuleDefinition.ReadModule(file);
        var arrows = new SortedDictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var type in module.Types.Where(t => t.Namespace.Length > 0).OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            if (!arrows.TryGetValue(type.Namespace, out var to))
                arrows[type.Namespace] = to = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (
                var used in UsedBy(type)
                    .SelectMany(Parts)
                    .Where(u => u.Module == module && u.Scope == module)
                    .Select(Outermost)
                    .Where(u => u.Namespace.Length > 0 && u.Namespace != type.Namespace)
            )
                ((SortedDictionary<string, string>)to).TryAdd(used.Namespace, $"{type.Name} uses {used.Name}");
        }
        return arrows;
    }

    /// <summary>The circles, each as the set of folders that can reach each other.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Circles(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> arrows)
    {
        var reach = arrows.Keys.ToDictionary(k => k, k => Reached(k, arrows));
        return
        [
            .. arrows
                .Keys.Where(k => reach[k].Contains(k))
                .GroupBy(k =>
                    string.Join(
                        ", ",
                        reach[k].Where(o => reach.TryGetValue(o, out var back) && back.Contains(k)).Order(StringComparer.Ordinal)
                    )
                )
                .Select(g => (IReadOnlyList<string>)[.. g]),
        ];
    }

    private static HashSet<string> Reached(string from, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> arrows)
    {
        var reached = new HashSet<string>();
        var left = new Queue<string>(arrows[from].Keys);
        while (left.TryDequeue(out var next))
        {
            if (reached.Add(next) && arrows.TryGetValue(next, out var further))
                further.Keys.ToList().ForEach(left.Enqueue);
        }
        return reached;
    }

    private static IEnumerable<TypeReference?> UsedBy(TypeDefinition type)
    {
        foreach (var used in type.Interfaces.Select(i => i.InterfaceType).Append(type.BaseType).Concat(Attributes(type)))
            yield return used;
        foreach (
            var used in type
                .Fields.SelectMany(f => Attributes(f).Append(f.FieldType))
                .Concat(type.Properties.SelectMany(Attributes))
                .Concat(type.GenericParameters.SelectMany(g => g.Constraints).Select(c => c.ConstraintType))
        )
            yield return used;
        foreach (var method in type.Methods)
        {
            foreach (
                var used in method
                    .Parameters.Select(p => p.ParameterType)
                    .Append(method.ReturnType)
                    .Concat(Attributes(method))
                    .Concat(method.GenericParameters.SelectMany(g => g.Constraints).Select(c => c.ConstraintType))
            )
                yield return used;
            if (!method.HasBody)
                continue;
            foreach (
                var used in method.Body.Variables.Select(v => v.VariableType).Concat(method.Body.ExceptionHandlers.Select(h => h.CatchType))
            )
                yield return used;
            foreach (var operand in method.Body.Instructions.Select(i => i.Operand))
            {
                switch (operand)
                {
                    case TypeReference named:
                        yield return named;
                        break;
                    case MethodReference called:
                        yield return called.DeclaringType;
                        foreach (
                            var used in called
                                .Parameters.Select(p => p.ParameterType)
                                .Append(called.ReturnType)
                                .Concat((called as GenericInstanceMethod)?.GenericArguments ?? [])
                        )
                            yield return used;
                        break;
                    case FieldReference field:
                        yield return field.DeclaringType;
                        yield return field.FieldType;
                        break;
                    default:
                        break;
                }
            }
        }
        foreach (var used in type.NestedTypes.SelectMany(UsedBy))
            yield return used;
    }

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider on) =>
        on.CustomAttributes.SelectMany(a =>
            a.ConstructorArguments.Concat(a.Properties.Select(p => p.Argument))
                .Select(v => v.Value)
                .OfType<TypeReference>()
                .Append(a.AttributeType)
        );

    private static IEnumerable<TypeReference> Parts(TypeReference? type) =>
        type switch
        {
            null => [],
            GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
            TypeSpecification made => Parts(made.ElementType),
            _ => [type],
        };

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
