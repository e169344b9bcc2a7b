using System.Text;
using Tame.CompilerServices;

namespace Tame;

/// <summary>The waits that a failure crossed without being thrown, kept in the exception's Data: the first 64, then a count.</summary>
internal sealed class CallTrace
{
    public const string Key = "Tame.Calls";
    private const int Kept = 64;
    private readonly (ClosureType Type, int Line)[] _calls = new (ClosureType, int)[Kept];
    private int _count;

    public static void Add(Exception failure, ClosureType type, int line)
    {
        if (failure.Data[Key] is not CallTrace trace)
            failure.Data[Key] = trace = new CallTrace();
        if (trace._count < Kept)
            trace._calls[trace._count] = (type, line);
        trace._count++;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        for (int i = 0; i < Math.Min(_count, Kept); i++)
            text.Append("   at ").Append(_calls[i].Type.Method).Append(" in ").Append(_calls[i].Type.File).Append(":line ").Append(_calls[i].Line).Append('\n');
        if (_count > Kept)
            text.Append("   ... and ").Append(_count - Kept).Append(" more calls\n");
        return text.ToString();
    }
}
