import type { PricedLine } from '@shop/contracts/order';
import type { TransactItem } from '@shop/dynamo';

/**
 * The only two ways in which an order moves stock, each as part of the transaction that writes its reservation. They name
 * `available` instead of the version, so that sales and changes by the admin do not fence each other.
 */
export function takeUnits(table: string, { sku, quantity, price }: PricedLine): TransactItem {
  return {
    Update: {
      TableName: table,
      Key: { sku },
      UpdateExpression: 'SET available = available - :quantity',
      ConditionExpression: 'available >= :quantity AND price = :price AND active = :true',
      ExpressionAttributeValues: { ':quantity': quantity, ':price': price, ':true': true },
    },
  };
}

/** Also of a deleted product: its row keeps counting, and is sold on when it is revived. */
export function returnUnits(table: string, { sku, quantity }: PricedLine): TransactItem {
  return {
    Update: {
      TableName: table,
      Key: { sku },
      UpdateExpression: 'SET available = available + :quantity',
      ConditionExpression: 'attribute_exists(sku)',
      ExpressionAttributeValues: { ':quantity': quantity },
    },
  };
}
