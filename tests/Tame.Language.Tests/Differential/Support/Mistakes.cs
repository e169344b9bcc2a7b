using System.Runtime.ExceptionServices;
using Tame.CompilerServices;

namespace Tame.Language.Tests.Differential.Support;

/// <summary>Mistakes that a test plants in generated code, to see that they are found.</summary>
public static class Mistakes
{
    /// <summary>Ends a block as <see cref="Closure.EndBlockOrThrow"/> does, but throws the last failure in place of the first.</summary>
    public static void EndBlockOrThrowLast(Closure call)
    {
        ArgumentNullException.ThrowIfNull(call);
        try
        {
            call.EndBlockOrThrow();
        }
        catch (Exception first) when (first.OtherFailures() is [.., var last])
        {
            ExceptionDispatchInfo.Throw(last);
        }
    }
}
