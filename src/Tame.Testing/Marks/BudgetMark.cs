namespace Tame.Testing;

/// <summary>Ends a test when its virtual-time budget is used up.</summary>
internal sealed class BudgetMark(TestRun run) : TimeMark
{
    public override bool IsBudget => true;

    public override void Reached(EventLoop loop) => run.ExceedVirtualTime(loop);
}
