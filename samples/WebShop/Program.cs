// A web application on one of Tame's loops: its handlers share data without a lock, and call tamed code.
//
//   dotnet run --project samples/WebShop -- --urls http://127.0.0.1:5000
//   curl http://127.0.0.1:5000/price/tea
using WebShop;

Shop.Build(args).Run();
