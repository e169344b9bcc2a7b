namespace Tame.Generator.Model;

/// <summary>The result of a stage for one method, or the fault that stopped it.</summary>
internal readonly record struct Attempt<T>(T? Value, Fault? Fault)
    where T : class
{
    /// <summary>Runs the next stage on the value. A fault, possibly an earlier one, replaces its result. Cancellation passes through.</summary>
    public Attempt<TNext> Then<TNext>(string stage, string hintName, Func<T, TNext> next)
        where TNext : class
    {
        if (Value is null) return new(null, Fault);
        try
        {
            return new(next(Value), null);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new(null, Model.Fault.Of(error, stage, hintName));
        }
    }
}
