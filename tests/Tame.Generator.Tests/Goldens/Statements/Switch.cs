namespace Demo;

public static partial class Switch
{
    [Tamed] public static partial void Pay(object? order, int credit, Event<string> done);

    private static void PayBody(object? order, int credit, Event<string> done)
    {
        string answer;
        switch (order)
        {
            case (string item, int price) when price <= credit:
                using (twait()) timer(TimeSpan.FromSeconds(price), mkevent());
                answer = $"{item} for {price}";
                break;
            case (string, int price):
                credit = price;
                goto case null;
            case null:
            case 0:
                using (twait()) asap(mkevent());
                answer = $"nothing for {credit}";
                break;
            default:
                answer = "what?";
                break;
        }

        done.Trigger(answer);
    }
}
