using Orleans;
using Tame.Orleans;

namespace Grains;

/// <summary>The orders of a customer.</summary>
public interface ICustomer : IGrainWithStringKey
{
    /// <summary>The sum of the orders. The answer of "eve" takes three seconds.</summary>
    Task<int> Sum();
}

internal sealed class CustomerGrain : Grain, ICustomer
{
    public async Task<int> Sum()
    {
        string name = this.GetPrimaryKeyString();
        await Task.Delay(name == "eve" ? TimeSpan.FromSeconds(3) : TimeSpan.FromMilliseconds(20));
        return name[0];
    }
}

#region grain
/// <summary>A report over customers.</summary>
public interface IReport : IGrainWithStringKey
{
    /// <summary>Asks a number of customers at a time, and gives each half a second.</summary>
    Task<int> Total(string[] customers, int window);
}

[TamedGrain]
internal sealed partial class ReportGrain : Grain, IReport
{
    public Task<int> Total(string[] customers, int window) => this.GetEventLoop().InvokeAsync<int>(total => Add(customers, window, total));

    [Tamed] private partial void Add(string[] customers, int window, Event<int> total);

    private void AddBody(string[] customers, int window, Event<int> total)
    {
        using var answers = new Rendezvous<int>();
        var sums = new int[customers.Length];
        for (int asked = 0, answered = 0; answered < customers.Length;)
        {
            if (asked < customers.Length && asked - answered < window)
            {
                var customer = GrainFactory.GetGrain<ICustomer>(customers[asked]);
                customer.Sum().Trigger(mkevent(answers, asked, out sums[asked]).WithTimeout(TimeSpan.FromSeconds(0.5)));
                asked++;
            }
            else
            {
                twait(answers, out int _);
                answered++;
            }
        }
        total.Trigger(sums.Sum());
    }
}
#endregion
