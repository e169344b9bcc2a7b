using System.Reflection;

namespace Tame.Generator.Tests.Architecture;

/// <summary>Reads from an assembly which types each of its types refers to, including in method bodies. Constants leave no trace there.</summary>
internal static class TypeReferences
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<TypeReference> Of(Assembly assembly) => assembly.GetTypes().SelectMany(Of).Distinct().ToList();

    private static IEnumerable<TypeReference> Of(Type type)
    {
        var found = new List<(Type? To, string Where)> { (type.BaseType, "base type") };
        found.AddRange(type.GetInterfaces().Select(to => ((Type?)to, "interface")));
        found.AddRange(Attributes(type, "type"));
        found.AddRange(Constraints(type, "type"));
        foreach (var field in type.GetFields(Declared))
        {
            found.Add((field.FieldType, "field " + field.Name));
            found.AddRange(Attributes(field, "field " + field.Name));
        }

        foreach (var method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
        {
            found.AddRange(Of(method));
        }

        return found.SelectMany(reference => Parts(reference.To).Select(to => new TypeReference(type, to, reference.Where)));
    }

    private static IEnumerable<(Type? To, string Where)> Of(MethodBase method)
    {
        var where = "signature of " + method.Name;
        var found = Signature(method).Select(to => (to, where)).Concat(Attributes(method, where));
        if (method is MethodInfo) found = found.Concat(method.GetGenericArguments().SelectMany(argument => Constraints(argument, where)));
        return method.GetMethodBody() is null ? found : found.Concat(CodeReferences.Of(method).Select(to => ((Type?)to, "code of " + method.Name)));
    }

    internal static IEnumerable<Type?> Signature(MethodBase method) =>
        method.GetParameters().Select(parameter => parameter.ParameterType).Append((method as MethodInfo)?.ReturnType);

    private static IEnumerable<(Type? To, string Where)> Attributes(MemberInfo member, string where) =>
        member.GetCustomAttributesData().Select(attribute => ((Type?)attribute.AttributeType, "attribute of " + where));

    private static IEnumerable<(Type? To, string Where)> Constraints(Type type, string where) =>
        type.IsGenericParameter
            ? type.GetGenericParameterConstraints().Select(to => ((Type?)to, "constraint of " + where))
            : type.GetGenericArguments().Where(argument => argument.IsGenericParameter).SelectMany(argument => Constraints(argument, where));

    /// <summary>The named types in a type: elements of arrays, arguments of generics.</summary>
    internal static IEnumerable<Type> Parts(Type? type)
    {
        if (type is null || type.IsGenericParameter) return [];
        if (type.GetElementType() is { } element) return Parts(element);
        if (!type.IsGenericType || type.IsGenericTypeDefinition) return [type];
        return type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition());
    }
}
