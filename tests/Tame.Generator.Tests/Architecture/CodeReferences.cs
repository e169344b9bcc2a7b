using System.Reflection;
using System.Reflection.Emit;

namespace Tame.Generator.Tests.Architecture;

/// <summary>
/// Reads which types a method's code refers to: its locals, the exceptions that it catches, and every type or member that an instruction names.
/// </summary>
internal static class CodeReferences
{
    private static readonly Dictionary<short, OpCode> s_opCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static IEnumerable<Type> Of(MethodBase method)
    {
        var body = method.GetMethodBody()!;
        var locals = body.LocalVariables.Select(local => (Type?)local.LocalType);
        var caught = body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause).Select(clause => clause.CatchType);
        var named = Tokens(body.GetILAsByteArray()!).SelectMany(token => Named(method, token));
        return locals.Concat(caught).Concat(named).SelectMany(TypeReferences.Parts).Distinct();
    }

    private static IEnumerable<Type?> Named(MethodBase method, int token)
    {
        var typeArguments = method.DeclaringType!.GetGenericArguments();
        var methodArguments = method is MethodInfo ? method.GetGenericArguments() : [];
        return method.Module.ResolveMember(token, typeArguments, methodArguments) switch
        {
            Type type => [type],
            FieldInfo field => [field.DeclaringType, field.FieldType],
            MethodBase called => TypeReferences.Signature(called).Append(called.DeclaringType).Concat(called is MethodInfo ? called.GetGenericArguments() : []),
            _ => [],
        };
    }

    /// <summary>The metadata tokens of all instructions that carry one for a type or a member.</summary>
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? unchecked((short)(0xFE00 | code[at + 1])) : code[at];
            var opCode = s_opCodes[value];
            at += opCode.Size;
            if (opCode.OperandType is OperandType.InlineType or OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok)
            {
                yield return BitConverter.ToInt32(code, at);
            }

            at += OperandSize(opCode.OperandType, code, at);
        }
    }

    private static int OperandSize(OperandType type, byte[] code, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
